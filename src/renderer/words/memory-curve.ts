// The curve of memory by the size of a piece: what is drawn, what it says in a sentence, and its figures as a table.
import { withMark } from '#shared/language';
import { aboutBytes, formatBytes } from '#shared/bytes';
import { isTable, sampleNoun, samplesNoun, type DataSort } from '#shared/data-sort';
import { fits, type RunForecast } from '#shared/forecast';
import type { Plan } from '#shared/plan';
import type { Series } from './chart-series';
import type { ChartTable } from './chart-table';
import { count } from './numbers';

type Known = Pick<RunForecast, 'asked' | 'budgetBytes' | 'curve' | 'measured' | 'fit'>;
type Point = Known['curve'][number];

/** The budget and where it is crossed stay in sight: sizes that need more than so many budgets are told in the bar, not drawn here. */
const MOST_BUDGETS = 2.5;
/** A budget so many times above the curve would press it flat: it is told, not drawn. */
export const FAR = 4;

export interface MemoryCurve {
  series: Series[];
  summary: string;
  table: ChartTable;
  axes: { x: string; y: string; xMax: number; yMin: 0; sayY: (bytes: number) => string; tickY: (bytes: number) => string };
}

/** @param plan measured with these very settings, if one was */
export function memoryCurve(known: Known, sort: DataSort, plan?: Plan): MemoryCurve {
  const { asked } = known;
  const budget = plan?.budgetBytes ?? known.budgetBytes;
  const measured = plan?.measured ?? known.measured;
  const fit = plan?.fit ?? known.fit;
  const drawn = inSight(known.curve, budget);
  const xMax = Math.max(2, ...drawn.map(({ micro }) => micro));
  const highest = Math.max(...drawn.map(({ peakBytes }) => peakBytes));
  const chosen = plan ? { micro: plan.micro, peakBytes: plan.peakBytes } : fits(asked) ? asked : undefined;
  const line = (y: (x: number) => number) => [1, xMax].map((x) => ({ x, y: y(x) }));
  const xy = ({ micro, peakBytes }: Point) => ({ x: micro, y: peakBytes });
  const series: Series[] = [
    { name: 'Forecast', colour: 'train', kind: 'line', points: drawn.map(xy) },
    { name: 'Fit', colour: 'validation', kind: 'dashed', points: fit ? line((x) => fit.fixedBytes + fit.bytesPerSample * x) : [] },
    { name: 'Measured', colour: 'validation', kind: 'scatter', points: measured.filter(({ micro }) => micro <= xMax).map(xy) },
    { name: 'You allow', colour: 'ink', kind: 'dashed', points: budget <= FAR * highest ? line(() => budget) : [] },
    { name: 'Chosen', colour: 'ink', kind: 'mark', points: chosen ? [xy(chosen)] : [] },
  ];
  const [unit, size] = unitOf(Math.max(highest, budget <= FAR * highest ? budget : 0));
  return {
    series: series.filter(({ points }) => points.length > 0),
    summary: summaryOf({ ...known, measured }, budget, sort, chosen),
    table: tableOf(known.curve, measured, sort),
    axes: {
      x: `${isTable(sort) ? 'Rows' : 'Pictures'} in a piece`,
      y: `Memory (${unit})`,
      xMax,
      yMin: 0,
      sayY: formatBytes,
      tickY: (bytes) => withMark(Number((bytes / size).toPrecision(3))),
    },
  };
}

/** As far as it is of use to see where the budget ends. */
function inSight(curve: Known['curve'], budget: number): Point[] {
  const beyond = curve.findIndex(({ peakBytes }) => peakBytes > MOST_BUDGETS * budget);
  return beyond < 0 ? curve : curve.slice(0, Math.max(2, beyond));
}

/** The unit an axis of bytes is in, and how many bytes that is. */
export function unitOf(bytes: number): [name: string, size: number] {
  if (bytes >= 1e9) return ['GB', 1e9];
  return bytes >= 1e6 ? ['MB', 1e6] : ['kB', 1e3];
}

function summaryOf({ asked, curve, fit, measured }: Known, budget: number, sort: DataSort, chosen?: Point): string {
  const [before, last] = curve.slice(-2).length === 2 ? curve.slice(-2) : [curve[0], curve[0]];
  const noun = samplesNoun(sort);
  // Small pieces may all need the same: what grows is at the end.
  const slope = fit?.bytesPerSample ?? (last.micro > before.micro ? (last.peakBytes - before.peakBytes) / (last.micro - before.micro) : 0);
  const grows = slope > 0 ? `Each ${sampleNoun(sort)} more in a piece takes ${formatBytes(slope)}.` : '';
  const most =
    last.peakBytes <= budget
      ? 'All sizes are within what you allow'
      : `What you allow ends at about ${count(crossing(curve, budget))} ${noun}`;
  const need = ({ peakBytes }: Point) => (measured.length === 0 ? `about ${aboutBytes(peakBytes, budget)}` : formatBytes(peakBytes));
  const evenly = fits(asked) && chosen ? evenWords(asked.batch, chosen.micro, crossing(curve, budget)) : '';
  return `${grows} ${most}${chosen ? chosenWords(chosen, need(chosen)) : ''}.${evenly}`.trim();
}

const chosenWords = ({ micro }: Point, bytes: string): string =>
  micro === 1 ? `; the chosen 1 needs ${bytes}` : `; the chosen ${count(micro)} need ${bytes}`;

/** Why the planner took more pieces than need be; "" where it did not. @param most in a piece */
function evenWords(batch: number, micro: number, most: number): string {
  const [pieces, fewest] = [Math.ceil(batch / micro), Math.ceil(batch / most)];
  const isChosenSo = pieces > fewest && 3 * pieces <= 4 * fewest && batch % fewest > 0;
  if (!isChosenSo || batch % micro > 0) return '';
  const [largest, smallest] = [Math.ceil(batch / fewest), Math.floor(batch / fewest)];
  return ` ${count(fewest)} pieces would fit, of ${count(largest)} and ${count(smallest)}; ${count(pieces)} of one size are prepared only once.`;
}

/** The size at which the curve passes the budget, between its points by a line; 0 where the first one is above it. */
function crossing(curve: Known['curve'], budget: number): number {
  const above = curve.findIndex(({ peakBytes }) => peakBytes > budget);
  if (above < 1) return above === 0 ? 0 : curve[curve.length - 1].micro;
  const [a, b] = [curve[above - 1], curve[above]];
  return Math.floor(a.micro + ((b.micro - a.micro) * (budget - a.peakBytes)) / (b.peakBytes - a.peakBytes));
}

function tableOf(curve: Known['curve'], measured: Known['measured'], sort: DataSort): ChartTable {
  const micros = [...new Set([...curve, ...measured].map(({ micro }) => micro))].sort((a, b) => a - b);
  const say = (points: readonly Point[], micro: number) => {
    const found = points.find((point) => point.micro === micro);
    return found ? formatBytes(found.peakBytes) : '–';
  };
  return {
    columns: [`${isTable(sort) ? 'Rows' : 'Pictures'} in a piece`, 'Forecast', 'Measured'],
    rows: micros.map((micro) => [count(micro), say(curve, micro), say(measured, micro)]),
  };
}
