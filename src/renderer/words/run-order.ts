// In which order the runs of the history stand: the pinned ones first whatever it is.
import { locale } from '#shared/language';
import { figuresOf } from '#shared/metric-words';
import { pinnedFirst } from '#shared/run-marks';
import type { RunSummary } from '#shared/run-record';

interface Order {
  label: string;
  /** What runs are ordered by; what has no value stands last whichever way it goes. */
  valueOf(run: RunSummary): number | string | undefined;
  sign: 1 | -1;
}

/** R² or IoU where the model answers with those, so of runs that learn alike. */
export const resultOf = ({ validationScores, validationAccuracy }: RunSummary): number | undefined =>
  validationScores ? figuresOf(validationScores)[0].value : validationAccuracy;

export const RUN_ORDERS = {
  newest: { label: 'Newest first', valueOf: ({ startedAt }) => Date.parse(startedAt), sign: -1 },
  oldest: { label: 'Oldest first', valueOf: ({ startedAt }) => Date.parse(startedAt), sign: 1 },
  name: { label: 'By name', valueOf: ({ name }) => name, sign: 1 },
  best: { label: 'Best result first', valueOf: resultOf, sign: -1 },
  loss: { label: 'Least loss first', valueOf: ({ validationLoss }) => validationLoss, sign: 1 },
  batch: { label: 'Largest batch first', valueOf: ({ spec }) => spec.batch, sign: -1 },
  fastest: { label: 'Fastest first', valueOf: ({ seconds }) => seconds, sign: 1 },
  memory: { label: 'Least memory first', valueOf: ({ peakBytes }) => peakBytes, sign: 1 },
} satisfies Record<string, Order>;
export type RunOrder = keyof typeof RUN_ORDERS;

const names = new Intl.Collator(locale, { numeric: true });

/** Runs of one value stay in the order in which they were given. */
export function orderedRuns(runs: readonly RunSummary[], order: RunOrder): RunSummary[] {
  const { valueOf, sign }: Order = RUN_ORDERS[order];
  // Each value once: of ten thousand runs a hundred thousand pairs are compared.
  const valued = runs.map((run) => ({ run, value: valueOf(run) }));
  const isMissing = (value: Value): boolean => value === undefined || Number.isNaN(value);
  valued.sort(({ value: a }, { value: b }) =>
    isMissing(a) || isMissing(b) ? Number(isMissing(a)) - Number(isMissing(b)) : sign * difference(a, b),
  );
  return pinnedFirst(valued.map(({ run }) => run));
}

type Value = number | string | undefined;

const difference = (a: Value, b: Value): number =>
  typeof a === 'string' && typeof b === 'string' ? names.compare(a, b) : Number(a) - Number(b);
