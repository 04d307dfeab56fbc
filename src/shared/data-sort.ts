// What a run learns from, as far as its settings and the words about it differ: pictures, pictures with masks, rows for a class, rows for a number.
import { locale, word } from './language';
import { assertNever } from './assert-never';
import type { DatasetFacts } from './run-event';
import type { Task } from './table';

export const DATA_SORTS = ['pictures', 'masks', 'classification', 'regression'] as const satisfies DataSort[];
export type DataSort = 'pictures' | 'masks' | Task;

export const isTable = (sort: DataSort): boolean => sort === 'classification' || sort === 'regression';

/** What their samples are called. */
export const samplesNoun = (sort: DataSort): string => (isTable(sort) ? word('rows') : word('pictures'));

/** And one of them. */
export const sampleNoun = (sort: DataSort): string => (isTable(sort) ? word('row') : word('picture'));

/** "256 pictures", "1 row". */
export const samplesCounted = (amount: number, sort: DataSort): string =>
  `${amount.toLocaleString(locale)} ${amount === 1 ? sampleNoun(sort) : samplesNoun(sort)}`;

/** Of a data set or its manifest. */
export function sortOf(data: { kind: 'image-classes' } | { kind: 'segmentation' } | { kind: 'table'; task: Task }): DataSort {
  switch (data.kind) {
    case 'image-classes':
      return 'pictures';
    case 'segmentation':
      return 'masks';
    case 'table':
      return data.task;
    default:
      return assertNever(data);
  }
}

/** Of the data that a run says it learns from. */
export function sortOfFacts({ kind, labels }: Pick<DatasetFacts, 'kind' | 'labels'>): DataSort {
  if (kind === 'table') return labels.length > 0 ? 'classification' : 'regression';
  return kind === 'segmentation' ? 'masks' : 'pictures';
}
