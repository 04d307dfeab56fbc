// What a data set holds, in a few words each.
import { word } from '#shared/language';
import { assertNever } from '#shared/assert-never';
import type { DatasetSummary } from '#shared/dataset';
import { counted } from './numbers';

/** "1,797 pictures", "344 rows". */
export function samplesWords({ kind, count }: Pick<DatasetSummary, 'kind' | 'count'>): string {
  switch (kind) {
    case 'image-classes':
    case 'segmentation':
      return counted(count, 'picture', 'pictures');
    case 'table':
      return counted(count, 'row', 'rows');
    default:
      return assertNever(kind);
  }
}

/** "10 classes", "6 columns", "8 × 8 grey": everything but how many samples. */
export function contentWords(dataset: DatasetSummary): string[] {
  const classes = counted(dataset.labels.length, 'class', 'classes');
  switch (dataset.kind) {
    case 'image-classes':
    case 'segmentation':
      return [
        dataset.kind === 'segmentation' ? `masks of ${classes}` : classes,
        `${dataset.width} × ${dataset.height} ${dataset.channels === 1 ? word('grey') : word('colour')}`,
      ];
    case 'table': {
      const target = dataset.task === 'classification' ? `target ${dataset.target}: ${classes}` : `target ${dataset.target}, a number`;
      return [counted(dataset.columns, 'column', 'columns'), target];
    }
    default:
      return assertNever(dataset);
  }
}
