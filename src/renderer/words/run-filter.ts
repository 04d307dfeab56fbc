// Which runs of the history are shown: by words, and by ranges of what is known of them.
import type { DataSort } from '#shared/data-sort';
import { MODEL_CARDS } from '#shared/model-cards';
import type { RunState, RunSummary } from '#shared/run-record';
import { OPTIMIZER_LABELS } from './choices';
import { resultOf, stateLabel } from './run-words';
import { countRange, liesIn, shareRange, sizeRange, timeRange, type TypedRange } from './typed-range';

/** Completed, but before its last epoch. */
export const BY_ITSELF = 'by-itself';

/** As typed and chosen; "" is any. */
export interface RunFilter {
  words: string;
  state: RunState | typeof BY_ITSELF | '';
  sort: DataSort | '';
  tag: string;
  /** Days, the last one included: "2026-11-30". */
  from: string;
  to: string;
  /** Ranges as they are typed: "90–95 %", "64–512", "> 10", "1–5 min", "< 2 GB". */
  result: string;
  batch: string;
  epochs: string;
  time: string;
  memory: string;
}

export const NO_FILTER: RunFilter = {
  words: '',
  state: '',
  sort: '',
  tag: '',
  from: '',
  to: '',
  result: '',
  batch: '',
  epochs: '',
  time: '',
  memory: '',
};

/** What is typed as a range, how it is read, and what of a run has to lie in it. */
const TYPED_RANGES = {
  result: [shareRange, resultOf],
  batch: [countRange, ({ spec }) => spec.batch],
  epochs: [countRange, ({ epochsDone }) => epochsDone],
  time: [timeRange, ({ seconds }) => seconds],
  memory: [sizeRange, ({ peakBytes }) => peakBytes],
} satisfies Record<string, [(typed: string) => TypedRange | undefined, (run: RunSummary) => number | undefined]>;
export type TypedRangeName = keyof typeof TYPED_RANGES;
const typedRanges = Object.keys(TYPED_RANGES) as TypedRangeName[];

/** Typed, but no range: it keeps no run out. */
export const isWrongRange = (name: TypedRangeName, typed: string): boolean =>
  typed.trim() !== '' && TYPED_RANGES[name][0](typed) === undefined;

/** How many of them say something, but for the words. */
export const rangesSet = (filter: RunFilter): number =>
  (Object.keys(filter) as (keyof RunFilter)[]).filter((name) => {
    if (name === 'words' || filter[name].trim() === '') return false;
    return !(name in TYPED_RANGES) || !isWrongRange(name as TypedRangeName, filter[name]);
  }).length;

/** What cannot be understood keeps no run out. */
export function foundRuns(runs: readonly RunSummary[], filter: RunFilter): RunSummary[] {
  const tests = [...wordTests(filter.words), ...rangeTests(filter)];
  return tests.length === 0 ? [...runs] : runs.filter((run) => tests.every((test) => test(run)));
}

type Test = (run: RunSummary) => boolean;

const TAG = 'tag:';

/** All words are somewhere in what the table says of a run, in any order and any case; "tag:paper": it has this very tag. */
function wordTests(typed: string): Test[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const tags = wanted.filter((word) => word.startsWith(TAG)).map((word) => word.slice(TAG.length));
  const words = wanted.filter((word) => !word.startsWith(TAG));
  const tests: Test[] = tags.map((tag) => hasTag(tag));
  if (words.length > 0)
    tests.push((run) => {
      const said = saidOf(run);
      return words.every((word) => said.includes(word));
    });
  return tests;
}

const hasTag =
  (tag: string): Test =>
  ({ tags }) =>
    tags?.includes(tag) === true;

function rangeTests(filter: RunFilter): Test[] {
  const { state, sort, tag, from, to } = filter;
  const tests: Test[] = [];
  if (state === BY_ITSELF) tests.push(({ state: own, endedEarly }) => own === 'completed' && endedEarly !== undefined);
  else if (state !== '') tests.push((run) => run.state === state);
  if (sort !== '') tests.push((run) => run.sort === sort);
  if (tag !== '') tests.push(hasTag(tag));
  const [first, last] = [midnight(from, 0), midnight(to, 1)];
  if (!Number.isNaN(first)) tests.push(({ startedAt }) => Date.parse(startedAt) >= first);
  if (!Number.isNaN(last)) tests.push(({ startedAt }) => Date.parse(startedAt) < last);
  for (const name of typedRanges) {
    const [read, valueOf] = TYPED_RANGES[name];
    const range = read(filter[name]);
    if (range) tests.push((run) => liesIn(valueOf(run), range));
  }
  return tests;
}

/** Here, at which that day begins, or one so many days later. */
function midnight(day: string, later: number): number {
  const [year, month, date] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).getTime();
}

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
