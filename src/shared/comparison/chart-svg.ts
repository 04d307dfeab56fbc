// A chart as SVG text: lines over two linear axes with round ticks, for a page without scripts. Colours are the page's, by class.
import { locale } from '../language';
import { escaped } from '../single-page';
import type { ComparisonChart } from './comparison-document';

const [WIDTH, HEIGHT] = [760, 280];
const EDGE = { left: 64, right: 12, top: 10, bottom: 40 };

type Range = readonly [low: number, high: number];

export function chartSvg({ title, x, lines }: ComparisonChart): string {
  const points = lines.flatMap((line) => line.points);
  const [xs, ys] = [rangeOf(points.map(([at]) => at)), rangeOf(points.map(([, value]) => value))];
  const across = scale(xs, [EDGE.left, WIDTH - EDGE.right]);
  const up = scale(ys, [HEIGHT - EDGE.bottom, EDGE.top]);
  const horizontal = ticks(ys).map(
    (value) =>
      `<path class="grid" d="M${EDGE.left} ${up(value)}H${WIDTH - EDGE.right}"/><text x="${EDGE.left - 8}" y="${up(value) + 4}" text-anchor="end">${short(value)}</text>`,
  );
  // Epochs are whole.
  const vertical = ticks(xs)
    .filter(Number.isInteger)
    .map((value) => `<text x="${across(value)}" y="${HEIGHT - EDGE.bottom + 18}" text-anchor="middle">${short(value)}</text>`);
  const drawn = lines.map(({ letter, dash, points: of }) => {
    const path = of.map(([at, value], i) => `${i === 0 ? 'M' : 'L'}${across(at)} ${up(value)}`).join('');
    const dashes = dash.length > 0 ? ` stroke-dasharray="${dash.join(' ')}"` : '';
    const only = of.length === 1 ? `<circle class="dot ${letter}" cx="${across(of[0][0])}" cy="${up(of[0][1])}" r="3"/>` : '';
    return `<path class="line ${letter}" d="${path}"${dashes}><title>${letter}</title></path>${only}`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">
${[...horizontal, ...vertical].join('\n')}
<text x="${(EDGE.left + WIDTH) / 2}" y="${HEIGHT - 4}" text-anchor="middle">${escaped(x)}</text>
${drawn.join('\n')}
</svg>`;
}

function rangeOf(values: readonly number[]): Range {
  const [low, high] = values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** In pixels, to a hundredth. */
const scale =
  ([low, high]: Range, [from, to]: Range) =>
  (value: number): number =>
    Number((from + ((to - from) * (value - low)) / (high - low)).toFixed(2));

const ABOUT = 5;

/** About five round numbers within the range: steps of 1, 2 or 5 times a power of ten. */
export function ticks([low, high]: Range): number[] {
  const rough = (high - low) / ABOUT;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((times) => times * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

const short = (value: number): string => value.toLocaleString(locale, { maximumSignificantDigits: 4 });
