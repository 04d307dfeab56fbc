// Repeats of the runs that are compared: their mean and spread, and what is still to be made to know more.
import { isLowerBetter, type ComparedMetric } from '#shared/comparison/comparison';
import { areRepeats, missingRepeats, repeatsOf, resultOf } from '#shared/comparison/repeats';
import { fourDigits } from '#shared/metric-words';
import type { RunSummary } from '#shared/run-record';
import { count } from './numbers';

/** With fewer there is no spread. */
const LEAST = 2;

/** A version is its content. */
const withData = <Run extends RunSummary>(run: Run) => ({ ...run, data: run.datasetId });

export interface Missing {
  run: RunSummary;
  seed: number;
}

/** What is still to be trained so that all of these runs have as many seeds in common; two of the same settings need it once. */
export const toRepeat = (runs: readonly RunSummary[], all: readonly RunSummary[], seeds: number): Missing[] =>
  missingRepeats(runs.map(withData), all.map(withData), seeds).filter(
    ({ run, seed }, i, missing) => missing.findIndex((other) => other.seed === seed && areRepeats(other.run, run)) === i,
  );

/** Of each run: mean ± standard deviation over seeds; undefined where no run was repeated. */
export function spreadRow(runs: readonly RunSummary[], all: readonly RunSummary[]): { name: string; texts: string[] } | undefined {
  const texts = runs.map((run) => spreadWords(run, all));
  if (texts.every((text) => text === undefined)) return undefined;
  return { name: 'Mean ± spread of repeats', texts: texts.map((text) => text ?? 'not repeated') };
}

function spreadWords(run: RunSummary, all: readonly RunSummary[]): string | undefined {
  const results = [...repeatsOf(withData(run), all.map(withData)).values()].map(resultOf).filter((result) => result !== undefined);
  if (results.length < LEAST) return undefined;
  const { mean, deviation } = spreadOf(results.map(({ value }) => value));
  const { metric } = results[0];
  return `${figure(mean, metric)} ± ${figure(deviation, metric)}${UNITS[metric]} (${count(results.length)} seeds)`;
}

/** With n − 1. */
export function spreadOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

const UNITS: Record<ComparedMetric, string> = { accuracy: ' %', iou: ' IoU', 'off-by': '' };

function figure(value: number, metric: ComparedMetric): string {
  if (isLowerBetter(metric)) return fourDigits(value);
  return metric === 'accuracy' ? (100 * value).toFixed(1) : value.toFixed(3);
}
