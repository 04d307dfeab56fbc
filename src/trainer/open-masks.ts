// A packed data set of pictures with masks as the engine wants it: every pixel is an answer.
import { openPacked, type PackedDataset } from '#datasets/packed-dataset';
import { segmentationObjective } from '#engine/objectives/segmentation';
import { FailureError } from '#shared/failure';
import { MASK_LOSSES } from '#shared/objective-settings';
import { MASK_MODELS, type RunSpec } from '#shared/run-spec';
import { SIDE_MULTIPLE, type SegmentationManifest } from '#shared/segmentation';
import { openSamples } from './open-samples';
import type { OpenData } from './open-training-data';
import { maskFacts, originOf } from './saved-model';

const bad = (problem: string) => new FailureError({ kind: 'bad-setting', problem });
/** Masks read at once while their pixels are counted. */
const AT_ONCE = 64;

/** @throws FailureError dataset-missing, dataset-invalid, bad-setting for what masks have no use for */
export async function openMasks(folder: string, spec: RunSpec, budgetBytes: number): Promise<OpenData> {
  refuseOtherSettings(spec);
  const dataset = await openPacked(folder);
  try {
    if (!isMasked(dataset)) throw new FailureError({ kind: 'dataset-invalid', path: folder, problem: 'its pictures have no masks.' });
    const { labels } = dataset.manifest;
    return openSamples(dataset, spec, budgetBytes, (train, inputShape) => {
      refuseSize(inputShape);
      // Weights alone need it, and it reads every mask.
      const classCounts = spec.classWeights === 'auto' ? countPixels(dataset, train) : labels.map(() => 1);
      return {
        classCounts,
        objective: segmentationObjective(spec, classCounts),
        model: maskFacts(labels, inputShape, originOf(dataset.manifest, inputShape)),
      };
    });
  } catch (error) {
    dataset.close();
    throw error;
  }
}

type Masked = PackedDataset<SegmentationManifest>;
const isMasked = (dataset: Awaited<ReturnType<typeof openPacked>>): dataset is Masked => dataset.manifest.kind === 'segmentation';

function refuseOtherSettings({ model, loss, augment }: RunSpec): void {
  if (!MASK_MODELS.includes(model))
    throw bad(`The model ${model} does not answer with masks, and these pictures have them. Choose one of: ${MASK_MODELS.join(', ')}.`);
  if (loss !== undefined && !MASK_LOSSES.some((name) => name === loss))
    throw bad(`The loss ${loss} is for numbers, and masks have classes. Choose one of: ${MASK_LOSSES.join(', ')}.`);
  if (augment?.mixup)
    throw bad('Mixup mixes the classes of whole pictures, and masks have one for every pixel. Leave it out; the others move masks along.');
}

function refuseSize([height, width]: readonly number[]): void {
  if (height % SIDE_MULTIPLE === 0 && width % SIDE_MULTIPLE === 0) return;
  const fitting = SIDE_MULTIPLE * Math.max(1, Math.round(Math.max(height, width) / SIDE_MULTIPLE));
  throw bad(
    `A U-Net halves pictures four times, so their sides must be multiples of ${SIDE_MULTIPLE}, and these are ${width} × ${height}. Choose the input size ${fitting}, or import them at such a size.`,
  );
}

function countPixels({ masks, manifest }: Masked, train: Int32Array): number[] {
  const counts = new Array<number>(256).fill(0);
  for (let start = 0; start < train.length; start += AT_ONCE) {
    for (const index of masks!.read(train.subarray(start, start + AT_ONCE))) counts[index]++;
  }
  return counts.slice(0, manifest.labels.length);
}
