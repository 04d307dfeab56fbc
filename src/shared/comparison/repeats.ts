// Runs of the same settings with other seeds, and what pairs of them say of two settings: seed by seed, since a seed draws the held-out part.
import type { RunSummary } from '../run-record';
import type { RunSpec } from '../run-spec';
import { holm } from '../statistics/holm';
import { pairedT, pairedTPower } from '../statistics/paired-t';
import { wilcoxonP } from '../statistics/wilcoxon';
import type { ComparedMetric, NoSpread, RepeatsVerdict } from './comparison';

/** With fewer no difference of signs is rarer than 5 %. */
export const LEAST_FOR_WILCOXON = 6;

export interface Repeated extends Pick<RunSummary, 'id' | 'state' | 'spec' | 'startedAt' | 'validationAccuracy' | 'validationScores'> {
  /** What its data are known by: their content, or their version; "" where nothing is known. */
  data: string;
}

/** Nothing of a run's result hangs on these. */
const BESIDE: readonly string[] = ['seed', 'workers'] satisfies (keyof RunSpec)[];

/** What a run is made of, made or not. */
type Settings = Pick<Repeated, 'spec' | 'data'>;

/** Settings do not change, and a history of thousands is gone through for each of the runs that are compared. */
const keys = new WeakMap<RunSpec, string>();

function settingsKey(spec: RunSpec): string {
  const known = keys.get(spec);
  if (known !== undefined) return known;
  const counted = Object.entries(spec).filter(([field, value]) => value !== undefined && !BESIDE.includes(field));
  const key = JSON.stringify(counted.sort(([a], [b]) => (a < b ? -1 : 1)));
  keys.set(spec, key);
  return key;
}

const keyOf = ({ spec, data }: Settings): string => `${data}\n${settingsKey(spec)}`;

/** Whether they differ by nothing but their seeds. */
export const areRepeats = (a: Settings, b: Settings): boolean =>
  a.data !== '' && a.data === b.data && mayBeAlike(a.spec, b.spec) && settingsKey(a.spec) === settingsKey(b.spec);

/** Most runs of a history differ by one of these: for them nothing has to be put together. */
const mayBeAlike = (a: RunSpec, b: RunSpec): boolean =>
  a.batch === b.batch && a.epochs === b.epochs && a.learningRate === b.learningRate && a.model === b.model;

/** Completed runs of the same settings by their seed, the newest of each; itself among them. */
export function repeatsOf<Run extends Repeated>(run: Run, all: readonly Run[]): Map<number, Run> {
  const bySeed = new Map<number, Run>();
  for (const other of all) {
    if (other.state !== 'completed' || !areRepeats(run, other)) continue;
    const known = bySeed.get(other.spec.seed);
    if (!known || known.startedAt < other.startedAt) bySeed.set(other.spec.seed, other);
  }
  return bySeed;
}

export interface MissingRepeat<Run> {
  run: Run;
  seed: number;
  /** It trains, or waits to. */
  isComing: boolean;
}

/**
 * Seeds with which each of these runs has still to be made, so that all have `wanted` in common; seeds that one of them has come first.
 * @param coming what trains, or waits to
 */
export function missingRepeats<Run extends Repeated>(
  runs: readonly Run[],
  all: readonly Run[],
  wanted: number,
  coming: readonly Settings[] = [],
): MissingRepeat<Run>[] {
  const made = runs.map((run) => repeatsOf(run, all));
  const awaited = runs.map((run) => new Set(coming.filter((one) => areRepeats(run, one)).map(({ spec }) => spec.seed)));
  const known = runs.flatMap((run, i) => [run.spec.seed, ...made[i].keys(), ...awaited[i]]);
  const howMany = (seed: number): number => made.filter((of, i) => of.has(seed) || awaited[i].has(seed)).length;
  const seeds = [...new Set(known)].sort((a, b) => howMany(b) - howMany(a) || a - b).slice(0, wanted);
  for (let seed = 1; seeds.length < wanted; seed++) if (!seeds.includes(seed)) seeds.push(seed);
  return runs.flatMap((run, i) =>
    seeds.filter((seed) => !made[i].has(seed)).map((seed) => ({ run, seed, isComing: awaited[i].has(seed) })),
  );
}

/** What a run came to on its validation samples, by what it is compared by. */
export function resultOf({ validationAccuracy, validationScores }: Repeated): { metric: ComparedMetric; value: number } | undefined {
  if (validationScores) {
    const of = 'r2' in validationScores ? ({ metric: 'off-by', value: validationScores.off } as const) : undefined;
    return of ?? { metric: 'iou', value: (validationScores as { iou: number }).iou };
  }
  return validationAccuracy === undefined ? undefined : { metric: 'accuracy', value: validationAccuracy };
}

/**
 * Each other run beside the baseline, in order; undefined where there are no two pairs.
 * @param ownSplit whether the version has a validation part of its own, the same for every seed
 */
export function repeatVerdicts<Run extends Repeated>(
  baseline: Run,
  others: readonly Run[],
  all: readonly Run[],
  ownSplit: boolean,
): (RepeatsVerdict | NoSpread | undefined)[] {
  // Two of the same settings are one comparison.
  const verdicts = new Map<string, RepeatsVerdict | NoSpread | undefined>();
  for (const other of others) if (!verdicts.has(keyOf(other))) verdicts.set(keyOf(other), verdictOf(baseline, other, all, ownSplit));
  const known = [...verdicts.values()].filter((verdict) => verdict?.kind === 'repeats');
  const corrected = holm(known.map(({ p }) => p));
  known.forEach((verdict, i) => Object.assign(verdict, { corrected: corrected[i], compared: known.length }));
  return others.map((other) => verdicts.get(keyOf(other)));
}

function verdictOf<Run extends Repeated>(
  baseline: Run,
  other: Run,
  all: readonly Run[],
  ownSplit: boolean,
): RepeatsVerdict | NoSpread | undefined {
  if (baseline.data !== other.data || areRepeats(baseline, other)) return undefined;
  const isSplitAlike = ownSplit || baseline.spec.validationShare === other.spec.validationShare;
  if (!isSplitAlike) return undefined;
  const [mine, its] = [repeatsOf(baseline, all), repeatsOf(other, all)];
  const seeds = [...mine.keys()].filter((seed) => its.has(seed)).sort((a, b) => a - b);
  const pairs = seeds.map((seed) => ({ first: resultOf(mine.get(seed)!), second: resultOf(its.get(seed)!) }));
  const values = pairs.flatMap(({ first, second }) =>
    first && second && first.metric === second.metric ? [{ metric: first.metric, first: first.value, second: second.value }] : [],
  );
  if (values.length < 2 || values.length < pairs.length) return undefined;
  // Shares of as many samples: what is equal is so to its last digits.
  const differences = values.map(({ first, second }) => Number((second - first).toPrecision(12)));
  const { validationShare: share } = baseline.spec;
  const t = pairedT(differences, ownSplit ? 0 : share / (1 - share));
  const { metric } = values[0];
  if (!t) return Number.isFinite(differences[0]) ? { kind: 'no-spread', metric, seeds, difference: differences[0] } : undefined;
  const byRanks = values.length >= LEAST_FOR_WILCOXON;
  const ranksP = byRanks ? wilcoxonP(differences) : 0;
  // Ranks do not know that training parts overlap; where they do, the corrected t test has to say so as well.
  const p = !byRanks ? t.p : ownSplit ? ranksP : Math.max(ranksP, t.p);
  const mean = (of: 'first' | 'second'): number => values.reduce((sum, value) => sum + value[of], 0) / values.length;
  return {
    kind: 'repeats',
    test: byRanks ? 'Wilcoxon' : 'paired t',
    metric,
    seeds,
    drawnAnew: !ownSplit,
    baseline: mean('first'),
    other: mean('second'),
    difference: t.mean,
    interval: t.interval,
    p,
    corrected: p,
    compared: 1,
    power: pairedTPower(t, values.length),
  };
}
