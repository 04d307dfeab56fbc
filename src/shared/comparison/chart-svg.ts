// A chart as SVG text: lines over two linear axes with round ticks, for a page without scripts. Colours are the page's, by class.
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { locale } from '../language';
import { escaped } from '../single-page';
import type { ComparisonChart } from './comparison-document';

const [WIDTH, HEIGHT] = [760, 280];
const EDGE = { left: 64, right: 12, top: 10, bottom: 40 };
const ABOUT = 5;

export function chartSvg({ title, x, lines }: ComparisonChart): string {
  const points = lines.flatMap((one) => one.points);
  const across = scaleLinear(rangeOf(points.map(([at]) => at)), [EDGE.left, WIDTH - EDGE.right]);
  const up = scaleLinear(rangeOf(points.map(([, value]) => value)), [HEIGHT - EDGE.bottom, EDGE.top]);
  const horizontal = up.ticks(ABOUT).map((value) => {
    const y = pixel(up(value));
    return `<path class="grid" d="M${EDGE.left} ${y}H${WIDTH - EDGE.right}"/><text x="${EDGE.left - 8}" y="${y + 4}" text-anchor="end">${short(value)}</text>`;
  });
  // Epochs are whole.
  const vertical = across
    .ticks(ABOUT)
    .filter(Number.isInteger)
    .map((value) => `<text x="${pixel(across(value))}" y="${HEIGHT - EDGE.bottom + 18}" text-anchor="middle">${short(value)}</text>`);
  const path = line<[at: number, value: number]>(
    ([at]) => across(at),
    ([, value]) => up(value),
  ).digits(2);
  const drawn = lines.map(({ letter, dash, points: of }) => {
    const dashes = dash.length > 0 ? ` stroke-dasharray="${dash.join(' ')}"` : '';
    const only = of.length === 1 ? `<circle class="dot ${letter}" cx="${pixel(across(of[0][0]))}" cy="${pixel(up(of[0][1]))}" r="3"/>` : '';
    return `<path class="line ${letter}" d="${path(of) ?? ''}"${dashes}><title>${letter}</title></path>${only}`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">
${[...horizontal, ...vertical].join('\n')}
<text x="${(EDGE.left + WIDTH) / 2}" y="${HEIGHT - 4}" text-anchor="middle">${escaped(x)}</text>
${drawn.join('\n')}
</svg>`;
}

/** Of values that are all alike, one with room to both sides. */
function rangeOf(values: readonly number[]): [low: number, high: number] {
  const [low, high] = values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** To a hundredth. */
const pixel = (value: number): number => Number(value.toFixed(2));

const short = (value: number): string => value.toLocaleString(locale, { maximumSignificantDigits: 4 });
