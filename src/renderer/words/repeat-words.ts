// Repeats of the runs that are compared: their mean and spread, and what is still to be made to know more.
import { fixed } from '#shared/language';
import { isLowerBetter, type ComparedMetric } from '#shared/comparison/comparison';
import { areRepeats, missingRepeats, repeatsOf, resultOf } from '#shared/comparison/repeats';
import { fourDigits } from '#shared/metric-words';
import type { QueuedRun } from '#shared/queue';
import type { RunSummary } from '#shared/run-record';
import { count, counted } from './numbers';
import { lasting } from './time';

/** With fewer there is no spread. */
const LEAST = 2;

/** A version is its content. */
const settingsOf = ({ spec, datasetId }: Pick<RunSummary, 'spec' | 'datasetId'>) => ({ spec, data: datasetId });
const withData = (run: RunSummary) => ({ ...run, ...settingsOf(run) });

/** Of the same data and settings, in any state. */
const alike = (run: RunSummary, all: readonly RunSummary[]) =>
  all.filter((other) => areRepeats(settingsOf(run), settingsOf(other))).map(withData);

/** Completed, by their seeds. */
export const madeOf = (run: RunSummary, all: readonly RunSummary[]): RunSummary[] => [
  ...repeatsOf(withData(run), alike(run, all)).values(),
];

export interface ToRepeat {
  missing: { run: RunSummary; seed: number }[];
  /** That train, or wait to. */
  coming: number;
  /** That lie still until a person resumes them. */
  paused: number;
}

type Waiting = Pick<QueuedRun, 'datasetId' | 'spec'>;

/** What is still to be trained so that all of these runs have as many seeds in common; two of the same settings need it once. */
export function toRepeat(
  runs: readonly RunSummary[],
  all: readonly RunSummary[],
  seeds: number,
  waiting: readonly Waiting[] = [],
): ToRepeat {
  const begun = runs.flatMap((run) => alike(run, all));
  const coming = [...begun.filter(({ state }) => state === 'running'), ...waiting.map(settingsOf)];
  const paused = begun.filter(({ state }) => state === 'paused');
  const wanted = missingRepeats(runs.map(withData), begun, seeds, [...coming, ...paused]).filter(
    ({ run, seed }, i, missing) => missing.findIndex((other) => other.seed === seed && areRepeats(other.run, run)) === i,
  );
  const awaited = wanted.filter(({ isComing }) => isComing);
  const isBegun = ({ run, seed }: { run: RunSummary; seed: number }): boolean =>
    coming.some((one) => one.spec.seed === seed && areRepeats(one, settingsOf(run)));
  const comes = awaited.filter(isBegun).length;
  return { missing: wanted.filter(({ isComing }) => !isComing), coming: comes, paused: awaited.length - comes };
}

/** All of them, of all of these runs, by their ids. */
export const madeRepeats = (runs: readonly RunSummary[], all: readonly RunSummary[]): string[] =>
  runs.flatMap((run) => madeOf(run, all).map(({ id }) => id));

/** What a press does and takes, or what is waited for; undefined where there is neither. */
export function repeatWords({ missing, coming, paused }: ToRepeat): string | undefined {
  const seconds = missing.reduce((sum, { run }) => sum + (run.seconds ?? 0), 0);
  const time = seconds > 0 ? `, about ${lasting(seconds)} of training` : '';
  const sentences: string[] = [];
  if (missing.length > 0)
    sentences.push(
      `Adds ${counted(missing.length, 'run', 'runs')} to the queue${time}: how much one seed differs from another is known then.`,
    );
  if (coming > 0) {
    const then = missing.length > 0 ? '' : ': they are counted here when they have ended';
    sentences.push(
      coming === 1
        ? `1 repeat trains or waits in the queue already${then}.`
        : `${count(coming)} repeats train or wait in the queue already${then}.`,
    );
  }
  if (paused === 1) sentences.push('1 repeat is paused: resume it in History.');
  if (paused > 1) sentences.push(`${count(paused)} repeats are paused: resume them in History.`);
  return sentences.join(' ') || undefined;
}

/** Of each run: mean ± standard deviation over seeds; undefined where no run was repeated. */
export function spreadRow(runs: readonly RunSummary[], all: readonly RunSummary[]): { name: string; texts: string[] } | undefined {
  const texts = runs.map((run) => spreadWords(run, all));
  if (texts.every((text) => text === undefined)) return undefined;
  return { name: 'Mean ± spread of repeats', texts: texts.map((text) => text ?? 'not repeated') };
}

function spreadWords(run: RunSummary, all: readonly RunSummary[]): string | undefined {
  const results = madeOf(run, all)
    .map((each) => resultOf(withData(each)))
    .filter((result) => result !== undefined);
  if (results.length < LEAST) return undefined;
  const { mean, deviation } = spreadOf(results.map(({ value }) => value));
  const { metric } = results[0];
  return `${figure(mean, metric)} ± ${figure(deviation, metric)}${UNITS[metric]} (${count(results.length)} seeds)`;
}

/** With n − 1; of one value there is no deviation. */
export function spreadOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

const UNITS: Record<ComparedMetric, string> = { accuracy: ' %', iou: ' IoU', 'off-by': '' };

function figure(value: number, metric: ComparedMetric): string {
  if (isLowerBetter(metric)) return fourDigits(value);
  return metric === 'accuracy' ? fixed(100 * value, 1) : fixed(value, 3);
}
