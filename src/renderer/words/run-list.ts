// Runs of the history found by words, and in which order they stand.
import { MODEL_CARDS } from '#shared/model-cards';
import { figuresOf } from '#shared/metric-words';
import { pinnedFirst } from '#shared/run-marks';
import type { RunSummary } from '#shared/run-record';
import { OPTIMIZER_LABELS } from './choices';
import { stateLabel } from './run-words';

type Order = (a: RunSummary, b: RunSummary) => number;

/** What has no value stands last whichever way it goes. */
const by =
  (valueOf: (run: RunSummary) => number | undefined, sign: 1 | -1): Order =>
  (a, b) => {
    const [first, second] = [valueOf(a), valueOf(b)].map((value) => (value === undefined || Number.isNaN(value) ? undefined : value));
    if (first === undefined || second === undefined) return Number(first === undefined) - Number(second === undefined);
    return sign * (first - second);
  };

/** R² or IoU where the model answers with those, so of runs that learn alike. */
const result = ({ validationScores, validationAccuracy }: RunSummary): number | undefined =>
  validationScores ? figuresOf(validationScores)[0].value : validationAccuracy;

export const RUN_ORDERS = {
  newest: { label: 'Newest first', order: by(({ startedAt }) => Date.parse(startedAt), -1) },
  oldest: { label: 'Oldest first', order: by(({ startedAt }) => Date.parse(startedAt), 1) },
  name: { label: 'By name', order: (a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }) },
  best: { label: 'Best result first', order: by(result, -1) },
  loss: { label: 'Least loss first', order: by(({ validationLoss }) => validationLoss, 1) },
  batch: { label: 'Largest batch first', order: by(({ spec }) => spec.batch, -1) },
  fastest: { label: 'Fastest first', order: by(({ seconds }) => seconds, 1) },
  memory: { label: 'Least memory first', order: by(({ peakBytes }) => peakBytes, 1) },
} satisfies Record<string, { label: string; order: Order }>;
export type RunOrder = keyof typeof RUN_ORDERS;

/** All words are somewhere in what the table says of a run, in any order and any case; "tag:paper": it has this very tag. */
export function foundRuns(runs: readonly RunSummary[], words: string, order: RunOrder): RunSummary[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const tags = wanted.filter((word) => word.startsWith(TAG)).map((word) => word.slice(TAG.length));
  const others = wanted.filter((word) => !word.startsWith(TAG));
  const isFound = (run: RunSummary): boolean => {
    if (!tags.every((tag) => run.tags?.includes(tag))) return false;
    const said = others.length === 0 ? '' : saidOf(run);
    return others.every((word) => said.includes(word));
  };
  return sortedRuns(runs.filter(isFound), order);
}

const TAG = 'tag:';

/** The pinned ones first. */
export const sortedRuns = (runs: readonly RunSummary[], order: RunOrder): RunSummary[] =>
  pinnedFirst([...runs].sort(RUN_ORDERS[order].order));

const saidOf = (run: RunSummary): string =>
  [
    run.name,
    run.datasetName,
    MODEL_CARDS[run.spec.model].label,
    OPTIMIZER_LABELS[run.spec.optimizer],
    stateLabel(run),
    run.engine ?? '',
    ...(run.tags ?? []),
    run.note ?? '',
  ]
    .join(' ')
    .toLowerCase();
