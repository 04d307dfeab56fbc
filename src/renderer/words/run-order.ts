// In which order the runs of the history stand: the pinned ones first whatever it is.
import { locale } from '#shared/language';
import { MODEL_CARDS } from '#shared/model-cards';
import { pinnedFirst } from '#shared/run-marks';
import type { RunSummary } from '#shared/run-record';
import { onDisk, type RunSize } from '#shared/run-weights';
import { OPTIMIZER_LABELS } from './choices';
import { resultOf, stateLabel, testResultOf } from './run-words';

interface Order {
  /** As it is usually wanted, and turned round. */
  labels: [usual: string, turned: string];
  /** What runs are ordered by; what has no value stands last whichever way it goes. */
  valueOf(run: RunSummary, size?: RunSize): number | string | undefined;
  /** -1: usually the largest stand first. */
  sign: 1 | -1;
}

export const ORDERED_BY = {
  newest: { labels: ['Newest first', 'Oldest first'], valueOf: ({ startedAt }) => Date.parse(startedAt), sign: -1 },
  name: { labels: ['By name', 'By name, from the end'], valueOf: ({ name }) => name, sign: 1 },
  best: { labels: ['Best result first', 'Worst result first'], valueOf: resultOf, sign: -1 },
  loss: { labels: ['Least loss first', 'Most loss first'], valueOf: ({ validationLoss }) => validationLoss, sign: 1 },
  batch: { labels: ['Largest batch first', 'Smallest batch first'], valueOf: ({ spec }) => spec.batch, sign: -1 },
  fastest: { labels: ['Fastest first', 'Slowest first'], valueOf: ({ seconds }) => seconds, sign: 1 },
  memory: { labels: ['Least memory first', 'Most memory first'], valueOf: ({ peakBytes }) => peakBytes, sign: 1 },
  state: { labels: ['By state', 'By state, from the end'], valueOf: stateLabel, sign: 1 },
  engine: { labels: ['By engine', 'By engine, from the end'], valueOf: ({ engine }) => engine, sign: 1 },
  data: { labels: ['By data', 'By data, from the end'], valueOf: ({ datasetName }) => datasetName, sign: 1 },
  model: { labels: ['By model', 'By model, from the end'], valueOf: ({ spec }) => MODEL_CARDS[spec.model].label, sign: 1 },
  pieces: { labels: ['Largest pieces first', 'Smallest pieces first'], valueOf: ({ micro }) => micro, sign: -1 },
  epochs: { labels: ['Most epochs first', 'Fewest epochs first'], valueOf: ({ epochsDone }) => epochsDone, sign: -1 },
  keptEpoch: {
    labels: ['Model of the latest epoch first', 'Model of the earliest epoch first'],
    valueOf: ({ keptModel }) => keptModel?.epoch,
    sign: -1,
  },
  disk: { labels: ['Most on the disk first', 'Least on the disk first'], valueOf: (_run, size) => size && onDisk(size), sign: -1 },
  weights: { labels: ['Largest weights first', 'Smallest weights first'], valueOf: (_run, size) => size?.weights, sign: -1 },
  rate: {
    labels: ['Highest learning rate first', 'Lowest learning rate first'],
    valueOf: ({ spec }) => spec.learningRate,
    sign: -1,
  },
  optimizer: {
    labels: ['By optimizer', 'By optimizer, from the end'],
    valueOf: ({ spec }) => OPTIMIZER_LABELS[spec.optimizer],
    sign: 1,
  },
  seed: { labels: ['Lowest seed first', 'Highest seed first'], valueOf: ({ spec }) => spec.seed, sign: 1 },
  heldOut: { labels: ['Most held out first', 'Least held out first'], valueOf: ({ spec }) => spec.validationShare, sign: -1 },
  trainLoss: { labels: ['Least training loss first', 'Most training loss first'], valueOf: ({ trainLoss }) => trainLoss, sign: 1 },
  test: { labels: ['Best test result first', 'Worst test result first'], valueOf: testResultOf, sign: -1 },
  ended: {
    labels: ['Last to end first', 'First to end first'],
    valueOf: ({ finishedAt }) => finishedAt && Date.parse(finishedAt),
    sign: -1,
  },
} satisfies Record<string, Order>;
export type OrderedBy = keyof typeof ORDERED_BY;
type Turned = `${OrderedBy}-turned`;
export type RunOrder = OrderedBy | Turned;

const TURNED = '-turned';
const keys = Object.keys(ORDERED_BY) as OrderedBy[];
export const RUN_ORDERS: readonly RunOrder[] = keys.flatMap((key): RunOrder[] => [key, `${key}${TURNED}`]);

/** What is in the list to choose from; the others are found in the table's head. */
const LISTED_ORDERS: readonly RunOrder[] = ['newest', 'newest-turned', 'name', 'best', 'loss', 'batch', 'fastest', 'memory'];

export const listedOrders = (current: RunOrder): readonly RunOrder[] =>
  LISTED_ORDERS.includes(current) ? LISTED_ORDERS : [...LISTED_ORDERS, current];

const isTurned = (order: RunOrder): order is Turned => order.endsWith(TURNED);
export const orderedBy = (order: RunOrder): OrderedBy =>
  isTurned(order) ? (order.slice(0, -TURNED.length) as OrderedBy) : (order as OrderedBy);

export const orderLabel = (order: RunOrder): string => ORDERED_BY[orderedBy(order)].labels[isTurned(order) ? 1 : 0];

/** What a press on the head of that leads to: the usual way, and the other where it is that already. */
export const pressedOrder = (by: OrderedBy, current: RunOrder): RunOrder => (current === by ? `${by}${TURNED}` : by);

/** 1: the least stand first. */
const signOf = (order: RunOrder): number => ORDERED_BY[orderedBy(order)].sign * (isTurned(order) ? -1 : 1);

/** As a table's head says it of the column that has this. */
export const ariaSort = (order: RunOrder): 'ascending' | 'descending' => (signOf(order) > 0 ? 'ascending' : 'descending');

const names = new Intl.Collator(locale, { numeric: true });

/** Runs of one value stay in the order in which they were given. */
export function orderedRuns(runs: readonly RunSummary[], order: RunOrder, sizes: Record<string, RunSize> = {}): RunSummary[] {
  const { valueOf }: Order = ORDERED_BY[orderedBy(order)];
  const sign = signOf(order);
  // Each value once: of ten thousand runs a hundred thousand pairs are compared.
  const valued = runs.map((run) => ({ run, value: valueOf(run, sizes[run.id]) }));
  const isMissing = (value: Value): boolean => value === undefined || Number.isNaN(value);
  valued.sort(({ value: a }, { value: b }) =>
    isMissing(a) || isMissing(b) ? Number(isMissing(a)) - Number(isMissing(b)) : sign * difference(a, b),
  );
  return pinnedFirst(valued.map(({ run }) => run));
}

type Value = number | string | undefined;

const difference = (a: Value, b: Value): number =>
  typeof a === 'string' && typeof b === 'string' ? names.compare(a, b) : Number(a) - Number(b);
