// Pictures dropped together with their masks: what is refused, and what is left of each class.
import type { DatasetEdits } from '#shared/dataset-edits';
import { FailureError } from '#shared/failure';
import type { SegmentationManifest } from '#shared/segmentation';
import { addCounts, countsIn } from '../masks/count-classes';
import { isLearntFrom } from '../masks/mask-conditions';
import { throwIfCancelled, type Watch } from '../watch';
import { allOf, inTurn, type KeyedSample, type Versioned } from './base';

/** One sentence each. */
export function maskRefusals({ classes = {}, relabel = [] }: DatasetEdits, left: readonly KeyedSample[]): string[] {
  if (Object.keys(classes).length > 0 || relabel.length > 0)
    return [
      'Classes of masks are not changed in a version: correct the mask files and import the folder anew, where classes can be renamed, too.',
    ];
  if (left.length === 0) return ['Every picture would be dropped, and nothing would be left. Keep some.'];
  return left.some(isLearntFrom) ? [] : ['No picture would be left in the training part, so nothing could be learnt. Keep some there.'];
}

/** `rows` stay. Nothing for pictures without masks. @throws FailureError bad-setting where fewer than two classes would be left, cancelled */
export async function dropMasks(
  { manifest, masks }: Versioned,
  rows: readonly number[],
  { signal }: Watch,
): Promise<Pick<SegmentationManifest, 'classes'> | undefined> {
  if (manifest.kind !== 'segmentation' || !masks) return undefined;
  const staying = new Set(rows);
  const classes = manifest.classes.map((one) => ({ ...one }));
  const going = allOf(manifest).filter((row) => !staying.has(row));
  for (const { rows: some, one } of inTurn(masks, manifest.width * manifest.height, going)) {
    throwIfCancelled(signal);
    some.forEach((_, i) => addCounts(classes, countsIn(one(i), classes.length), -1));
    await new Promise(setImmediate);
  }
  const left = classes.filter(({ pixels }) => pixels > 0);
  if (going.length > 0 && left.length < 2) throw oneClass(left[0]?.label);
  return { classes };
}

const oneClass = (label: string | undefined): FailureError =>
  new FailureError({
    kind: 'bad-setting',
    problem:
      label === undefined
        ? 'Every pixel that is left would be without a class, and at least two classes are needed. Keep some pictures that show another.'
        : `Every pixel that is left would be "${label}", and at least two classes are needed. Keep some pictures that show another.`,
  });
