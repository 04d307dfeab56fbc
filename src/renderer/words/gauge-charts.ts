// Memory and learning rate over the steps of a run: what is drawn, what it says in a sentence, and its figures as a table.
import { withMark } from '#shared/language';
import { formatBytes } from '#shared/bytes';
import type { GaugePoint } from '#shared/gauges';
import type { Series } from './chart-series';
import type { ChartTable } from './chart-table';
import { FAR, unitOf } from './memory-curve';
import { count, percent } from './numbers';

export interface GaugeChart {
  series: Series[];
  summary: string;
  table: ChartTable;
  axes: { x: string; y: string; yMin: 0; sayY: (value: number) => string; tickY: (value: number) => string };
}

const MOST_ROWS = 500;
/** More of them side by side could not be told apart. */
const MOST_COLUMNS = 120;
const NO_STEP = 'Shown once the first steps are done.';

interface Point {
  x: number;
  y: number;
}

const pointsOf = (gauges: readonly GaugePoint[], of: 'memoryBytes' | 'learningRate'): Point[] =>
  gauges.flatMap((gauge) => (gauge[of] === undefined ? [] : [{ x: gauge.step, y: gauge[of] }]));

/** Neighbours that are the same are one point and the last of them: a rate that never changes is a line of two. */
function changes(points: readonly Point[]): Point[] {
  return points.filter(({ y }, i) => i === 0 || i === points.length - 1 || points[i - 1].y !== y || points[i + 1].y !== y);
}

/** Of each column the highest: batches of two sizes would be a block of zigzags. */
function highest(points: readonly Point[]): Point[] {
  if (points.length <= MOST_COLUMNS) return [...points];
  const [first, last] = [points[0].x, points[points.length - 1].x];
  const columns = new Map<number, Point>();
  for (const point of points) {
    const column = Math.floor((MOST_COLUMNS * (point.x - first)) / (last - first + 1));
    if (point.y > (columns.get(column)?.y ?? -1)) columns.set(column, point);
  }
  const found = [...columns.values()];
  // As far as the axis goes.
  return [{ x: first, y: found[0].y }, ...found, { x: last, y: found[found.length - 1].y }];
}

export function memoryOverTime(gauges: readonly GaugePoint[], budgetBytes?: number): GaugeChart {
  const points = pointsOf(gauges, 'memoryBytes');
  const most = points.reduce((peak, { y }) => Math.max(peak, y), 0);
  const isNear = budgetBytes !== undefined && budgetBytes <= FAR * most;
  const ends = points.length === 0 ? [] : [points[0], points[points.length - 1]];
  const [unit, size] = unitOf(Math.max(most, isNear ? budgetBytes : 0));
  const isThinned = points.length > MOST_COLUMNS;
  const drawn = { colour: 'train', kind: 'line', points: changes(highest(points)) } as const;
  const series: Series[] = [
    { name: isThinned ? 'The largest batch of each stretch, at its worst moment' : 'Each batch at its worst moment', ...drawn },
    { name: 'You allow', colour: 'ink', kind: 'dashed', points: isNear ? ends.map(({ x }) => ({ x, y: budgetBytes })) : [] },
  ];
  return {
    series: series.filter((one) => one.points.length > 0),
    summary: memorySummary(points, most, budgetBytes),
    table: { columns: ['Step', 'Memory'], rows: points.slice(-MOST_ROWS).map(({ x, y }) => [count(x), formatBytes(y)]) },
    axes: {
      x: 'Step',
      y: `Memory (${unit})`,
      yMin: 0,
      sayY: formatBytes,
      tickY: (bytes) => withMark(Number((bytes / size).toPrecision(3))),
    },
  };
}

function memorySummary(points: readonly Point[], most: number, budgetBytes?: number): string {
  const last = points[points.length - 1];
  if (!last) return NO_STEP;
  const allowed = budgetBytes === undefined ? '' : `, ${percent(most / budgetBytes)} of the ${formatBytes(budgetBytes)} allowed`;
  const now = last.y === most ? '' : ` The latest took ${formatBytes(last.y)}.`;
  return `A batch took at most ${formatBytes(most)}${allowed}.${now}`;
}

export function learningRates(gauges: readonly GaugePoint[]): GaugeChart {
  const points = changes(pointsOf(gauges, 'learningRate'));
  return {
    series: points.length > 0 ? [{ name: 'Learning rate', colour: 'train', kind: 'line', points }] : [],
    summary: rateSummary(points),
    table: { columns: ['Step', 'Learning rate'], rows: points.slice(-MOST_ROWS).map(({ x, y }) => [count(x), rate(y)]) },
    axes: { x: 'Step', y: 'Learning rate (a step)', yMin: 0, sayY: rate, tickY: rate },
  };
}

const rate = (value: number): string => withMark(Number(value.toPrecision(3)));

function rateSummary(points: readonly Point[]): string {
  const [first, last] = [points[0], points[points.length - 1]];
  if (!first || !last) return NO_STEP;
  const rates = points.map(({ y }) => y);
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  if (least === most) return `The learning rate is ${rate(most)} in every step.`;
  return `The learning rate is ${rate(last.y)} now; it was between ${rate(least)} and ${rate(most)}.`;
}
