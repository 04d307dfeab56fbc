// What a table of runs says of each beside its name: a column of two lines each, which a person chooses from.
import { withMark, word } from '#shared/language';
import { formatBytes } from '#shared/bytes';
import { MODEL_CARDS } from '#shared/model-cards';
import type { DataSort } from '#shared/data-sort';
import type { RunSummary } from '#shared/run-record';
import { onDisk, type RunSize } from '#shared/run-weights';
import { OPTIMIZER_LABELS } from './choices';
import { count, loss, percent } from './numbers';
import type { OrderedBy } from './run-order';
import { epochsWords, resultCell, testCell } from './run-words';
import { day, lasting } from './time';

export interface RunColumn {
  /** Of the first line and of the second. */
  heads: [string, string];
  /** What a press on each orders the runs by. */
  orders: [OrderedBy, OrderedBy];
  /** In pixels. */
  width: number;
  isNumber?: true;
  /** Only where the table is wide. */
  isWide?: true;
  /** Only where it was chosen. */
  isExtra?: true;
  cells(run: RunSummary, size?: RunSize): [string, string];
}

const or = <T>(value: T | undefined, say: (value: T) => string): string => (value === undefined ? '–' : say(value));

export const RUN_COLUMNS = {
  data: {
    heads: ['Data', word('model')],
    orders: ['data', 'model'],
    width: 88,
    cells: ({ datasetName, spec }) => [datasetName, MODEL_CARDS[spec.model].label],
  },
  batch: {
    heads: ['Batch', 'pieces of'],
    orders: ['batch', 'pieces'],
    width: 72,
    isNumber: true,
    cells: ({ spec, micro }) => [count(spec.batch), or(micro, count)],
  },
  epochs: {
    heads: ['Epochs', 'model of'],
    orders: ['epochs', 'keptEpoch'],
    width: 112,
    isNumber: true,
    cells: (run) => [epochsWords(run), or(run.keptModel?.epoch, (epoch) => `epoch ${count(epoch)}`)],
  },
  result: {
    heads: ['Result', word('loss')],
    orders: ['best', 'loss'],
    width: 84,
    isNumber: true,
    cells: (run) => [resultCell(run), or(run.validationLoss, loss)],
  },
  time: {
    heads: ['Time', 'peak memory'],
    orders: ['fastest', 'memory'],
    width: 100,
    isNumber: true,
    cells: ({ seconds, peakBytes }) => [or(seconds, lasting), or(peakBytes, formatBytes)],
  },
  disk: {
    heads: ['On disk', word('weights')],
    orders: ['disk', 'weights'],
    width: 84,
    isNumber: true,
    isWide: true,
    cells: ({ weightsDeletedAt }, size) => [
      or(size && onDisk(size), formatBytes),
      weightsDeletedAt === undefined ? or(size && size.weights, formatBytes) : word('deleted'),
    ],
  },
  rate: {
    heads: ['Learning rate', word('optimizer')],
    orders: ['rate', 'optimizer'],
    width: 116,
    isNumber: true,
    isExtra: true,
    cells: ({ spec }) => [withMark(spec.learningRate), OPTIMIZER_LABELS[spec.optimizer]],
  },
  seed: {
    heads: ['Seed', 'held out'],
    orders: ['seed', 'heldOut'],
    width: 116,
    isNumber: true,
    isExtra: true,
    cells: ({ spec }) => [String(spec.seed), percent(spec.validationShare)],
  },
  training: {
    heads: ['Training loss', 'test part'],
    orders: ['trainLoss', 'test'],
    width: 124,
    isNumber: true,
    isExtra: true,
    cells: (run) => [or(run.trainLoss, loss), testCell(run)],
  },
  ended: {
    heads: ['Ended', word('engine')],
    orders: ['ended', 'engine'],
    width: 120,
    isExtra: true,
    cells: ({ finishedAt, engine }) => [or(finishedAt, day), engine ?? '–'],
  },
} satisfies Record<string, RunColumn>;
export type RunColumnName = keyof typeof RUN_COLUMNS;

export const RUN_COLUMN_NAMES = Object.keys(RUN_COLUMNS) as RunColumnName[];

/** Which of the usual ones are not shown, and which of the others are. */
export interface ColumnChoice {
  hidden: readonly RunColumnName[];
  added: readonly RunColumnName[];
}

const columnOf = (name: RunColumnName): RunColumn => RUN_COLUMNS[name];
export const isExtra = (name: RunColumnName): boolean => columnOf(name).isExtra === true;
export const isShown = ({ hidden, added }: ColumnChoice, name: RunColumnName): boolean =>
  isExtra(name) ? added.includes(name) : !hidden.includes(name);

export const shownColumns = (choice: ColumnChoice): RunColumn[] => RUN_COLUMN_NAMES.filter((name) => isShown(choice, name)).map(columnOf);

/** What a run learns from, in a list to choose from. */
export const SORT_LABELS: Record<DataSort, string> = {
  pictures: 'Pictures',
  masks: 'Pictures with masks',
  classification: 'A table, for a class',
  regression: 'A table, for a number',
};
