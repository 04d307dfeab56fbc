// Curves of repeats as one: their mean and how far they spread, epoch by epoch, as far as all of them went.
import type { RunDetail, RunSummary } from '#shared/run-record';
import type { Series } from './chart-series';
import type { ChartTable } from './chart-table';
import { placeOf, valueOf, type CurveAxis, type CurveMeasure, type Drawn } from './compared-curves';
import { lettered } from './compared-runs';
import type { Compared } from './comparison-words';
import { count, counted } from './numbers';
import { madeOf, spreadOf } from './repeat-words';
import { smoothed, type Point } from './smooth';

/** More are no better known. */
const MOST_REPEATS = 12;

/** A line: the run that gives it its letter and name, and its repeats, itself among them. */
export interface Group<Repeat = Drawn['run']> extends Drawn {
  repeats: Repeat[];
}

/**
 * Which runs make each line: of several that repeat one another, the first stands for all. A seed counts once, and only what was completed: a
 * run of which less is known has a line of its own.
 */
export function repeatGroups(compared: readonly Compared[], all: readonly RunSummary[]): Group<RunSummary>[] {
  const taken = new Set<string>();
  return compared.flatMap((look) => {
    const made = look.run.state === 'completed' ? madeOf(look.run, all) : [];
    if (made.some(({ id }) => taken.has(id))) return [];
    for (const { id } of made) taken.add(id);
    const others = made.filter(({ spec }) => spec.seed !== look.run.spec.seed);
    return [{ ...look, repeats: [look.run, ...others.slice(0, MOST_REPEATS - 1)] }];
  });
}

/** Undefined while one of them is not read. */
export function withDetails(groups: readonly Group<RunSummary>[], read: readonly RunDetail[]): Group[] | undefined {
  const known = new Map(read.map((run) => [run.id, run]));
  const detailed = groups.map((group) => ({ ...group, repeats: group.repeats.flatMap(({ id }) => known.get(id) ?? []) }));
  return detailed.every(({ repeats }, i) => repeats.length === groups[i].repeats.length) ? detailed : undefined;
}

interface MeanPoint extends Point {
  epoch: number;
  deviation: number;
}

/** Of one run its own curve, without a spread. */
export function meanCurve(repeats: readonly Drawn['run'][], measure: CurveMeasure, axis: CurveAxis): MeanPoint[] {
  const curves = repeats.map(
    (run) =>
      new Map(
        run.epochs
          .filter((epoch) => Number.isFinite(valueOf(epoch, measure)))
          .map((epoch) => [epoch.epoch, { x: placeOf(run, epoch, axis), y: valueOf(epoch, measure) }]),
      ),
  );
  const [first, ...others] = curves;
  const shared = [...(first?.keys() ?? [])].filter((epoch) => others.every((curve) => curve.has(epoch)));
  return shared.map((epoch) => {
    const points = curves.map((curve) => curve.get(epoch)!);
    const { mean, deviation } = spreadOf(points.map(({ y }) => y));
    return { epoch, x: spreadOf(points.map(({ x }) => x)).mean, y: mean, deviation: repeats.length > 1 ? deviation : 0 };
  });
}

/** A line for each, and a band one standard deviation to each side. */
export function groupSeries(groups: readonly Group[], measure: CurveMeasure, axis: CurveAxis, smoothing: number): Series[] {
  const drawn = groups.map((group) => {
    const curve = meanCurve(group.repeats, measure, axis);
    const smooth = (of: (point: MeanPoint) => number): number[] =>
      smoothed(
        curve.map((point) => ({ x: point.epoch, y: of(point) })),
        smoothing,
      ).map(({ y }) => y);
    return { group, curve, means: smooth(({ y }) => y), deviations: smooth(({ deviation }) => deviation) };
  });
  return [
    ...drawn.map(({ group, curve, means }): Series => ({
      name: `${lettered(group, group.run)}${seedsWords(group)}`,
      short: group.letter,
      colour: group.colour,
      kind: 'line',
      dash: group.dash,
      points: curve.map(({ x }, i) => ({ x, y: means[i] })),
    })),
    ...drawn
      .filter(({ group }) => group.repeats.length > 1)
      .map(({ group, curve, means, deviations }): Series => ({
        name: `${group.letter}, spread`,
        colour: group.colour,
        kind: 'band',
        points: curve.map(({ x }, i) => ({ x, y: means[i] + deviations[i] })),
        lower: curve.map(({ x }, i) => ({ x, y: means[i] - deviations[i] })),
      })),
  ];
}

const seedsWords = ({ repeats }: Group): string => (repeats.length > 1 ? `, mean of ${counted(repeats.length, 'seed', 'seeds')}` : '');

const MOST_ROWS = 500;

export function groupTable(groups: readonly Group[], measure: CurveMeasure, say: (value: number) => string): ChartTable {
  const curves = groups.map(({ repeats }) => new Map(meanCurve(repeats, measure, 'epoch').map((point) => [point.epoch, point])));
  const epochs = [...new Set(curves.flatMap((curve) => [...curve.keys()]))].sort((a, b) => a - b);
  return {
    columns: ['Epoch', ...groups.map(({ letter }) => letter)],
    rows: epochs
      .slice(-MOST_ROWS)
      .map((epoch) => [count(epoch), ...curves.map((curve, i) => spreadText(curve.get(epoch), groups[i].repeats.length, say))]),
  };
}

/** "Validation loss after each line’s last epoch: A 0.0830 ± 0.0021 (3 seeds), B 0.0912." */
export function groupSummary(groups: readonly Group[], measure: CurveMeasure, title: string, say: (value: number) => string): string {
  const last = groups.map(({ letter, repeats }) => {
    const seeds = repeats.length > 1 ? ` (${counted(repeats.length, 'seed', 'seeds')})` : '';
    return `${letter} ${spreadText(meanCurve(repeats, measure, 'epoch').at(-1), repeats.length, say)}${seeds}`;
  });
  return `${title} after the last epoch that all repeats have, mean ± standard deviation: ${last.join(', ')}.`;
}

const spreadText = (point: MeanPoint | undefined, repeats: number, say: (value: number) => string): string =>
  point === undefined ? '–' : repeats > 1 ? `${say(point.y)} ± ${say(point.deviation)}` : say(point.y);
