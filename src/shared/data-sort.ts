// What a run learns from, as far as its settings and the words about it differ: pictures, rows for a class, rows for a number.
import { assertNever } from './assert-never';
import type { DatasetFacts } from './run-event';
import type { Task } from './table';

export type DataSort = 'pictures' | Task;

/** Of a data set or its manifest. */
export function sortOf(data: { kind: 'image-classes' } | { kind: 'table'; task: Task }): DataSort {
  switch (data.kind) {
    case 'image-classes':
      return 'pictures';
    case 'table':
      return data.task;
    default:
      return assertNever(data);
  }
}

/** Of the data that a run says it learns from. */
export const sortOfFacts = ({ kind, labels }: Pick<DatasetFacts, 'kind' | 'labels'>): DataSort =>
  kind === 'table' ? (labels.length > 0 ? 'classification' : 'regression') : 'pictures';
