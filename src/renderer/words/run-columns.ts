// What a table of runs says of each beside its name: a column of two lines each, which a person chooses from.
import { word } from '#shared/language';
import { formatBytes } from '#shared/bytes';
import { MODEL_CARDS } from '#shared/model-cards';
import type { DataSort } from '#shared/data-sort';
import type { RunSummary } from '#shared/run-record';
import { onDisk, type RunSize } from '#shared/run-weights';
import { count, loss } from './numbers';
import { epochsWords, resultCell } from './run-words';
import { lasting } from './time';

export interface RunColumn {
  /** Of the first line and of the second. */
  heads: [string, string];
  /** In pixels. */
  width: number;
  isNumber?: true;
  /** Only where the table is wide. */
  isWide?: true;
  cells(run: RunSummary, size?: RunSize): [string, string];
}

const or = <T>(value: T | undefined, say: (value: T) => string): string => (value === undefined ? '–' : say(value));

export const RUN_COLUMNS = {
  data: {
    heads: ['Data', word('model')],
    width: 88,
    cells: ({ datasetName, spec }) => [datasetName, MODEL_CARDS[spec.model].label],
  },
  batch: {
    heads: ['Batch', 'pieces of'],
    width: 72,
    isNumber: true,
    cells: ({ spec, micro }) => [count(spec.batch), or(micro, count)],
  },
  epochs: {
    heads: ['Epochs', 'model of'],
    width: 112,
    isNumber: true,
    cells: (run) => [epochsWords(run), or(run.keptModel?.epoch, (epoch) => `epoch ${count(epoch)}`)],
  },
  result: {
    heads: ['Result', word('loss')],
    width: 84,
    isNumber: true,
    cells: (run) => [resultCell(run), or(run.validationLoss, loss)],
  },
  time: {
    heads: ['Time', 'peak memory'],
    width: 100,
    isNumber: true,
    cells: ({ seconds, peakBytes }) => [or(seconds, lasting), or(peakBytes, formatBytes)],
  },
  disk: {
    heads: ['On disk', word('weights')],
    width: 84,
    isNumber: true,
    isWide: true,
    cells: ({ weightsDeletedAt }, size) => [
      or(size && onDisk(size), formatBytes),
      weightsDeletedAt === undefined ? or(size && size.weights, formatBytes) : word('deleted'),
    ],
  },
} satisfies Record<string, RunColumn>;
export type RunColumnName = keyof typeof RUN_COLUMNS;

export const shownColumns = (hidden: readonly RunColumnName[]): RunColumn[] =>
  (Object.entries(RUN_COLUMNS) as [RunColumnName, RunColumn][]).filter(([name]) => !hidden.includes(name)).map(([, column]) => column);

/** What a run learns from, in a list to choose from. */
export const SORT_LABELS: Record<DataSort, string> = {
  pictures: 'Pictures',
  masks: 'Pictures with masks',
  classification: 'A table, for a class',
  regression: 'A table, for a number',
};
