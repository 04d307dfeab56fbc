// What runs on pictures have in common, with masks or without: the split and what is worth saying of it, how samples are read.
import type { PackedDataset } from '#datasets/packed-dataset';
import { splitIndices, testIndices } from '#datasets/split';
import type { Shape } from '#engine/layers/layer';
import type { PictureManifest } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import type { RunSpec } from '#shared/run-spec';
import type { SegmentationManifest } from '#shared/segmentation';
import { openInput, recipeOf } from './input/open-input';
import type { OpenData } from './open-training-data';

type Aim = Pick<OpenData, 'objective' | 'classCounts' | 'model'>;

/** The data set is the result's to close, unless this throws. @throws FailureError dataset-invalid, bad-setting */
export function openSamples<Manifest extends PictureManifest | SegmentationManifest>(
  dataset: PackedDataset<Manifest>,
  spec: RunSpec,
  budgetBytes: number,
  aimOf: (train: Int32Array, inputShape: Shape) => Aim,
): OpenData {
  if (spec.categories !== undefined)
    throw new FailureError({ kind: 'bad-setting', problem: 'Only tables have categories, and these are pictures. Leave categories out.' });
  const { manifest, folder } = dataset;
  const { train, validation, ownSplit } = splitIndices(manifest, { validationShare: spec.validationShare, seed: spec.seed });
  const test = testIndices(manifest);
  if (train.length === 0) {
    throw new FailureError({
      kind: 'dataset-invalid',
      path: folder,
      problem: 'no pictures are left for training. Add pictures to its training part.',
    });
  }
  const { height, width, channels } = recipeOf(dataset, spec).input;
  const inputShape = [height, width, channels];
  const aim = aimOf(train, inputShape);
  const input = openInput({ dataset, train, spec, budgetBytes });
  return {
    ...input,
    ...aim,
    ...(manifest.kind !== 'segmentation' && { all: { count: manifest.count, labelOf: (index) => manifest.samples[index].label } }),
    inputShape,
    classes: manifest.labels.length,
    train,
    validation,
    test,
    summary: {
      ...(manifest.kind === 'segmentation' && { kind: manifest.kind }),
      name: manifest.name,
      contentHash: manifest.contentHash,
      labels: manifest.labels,
      train: train.length,
      validation: validation.length,
      ...(test.length > 0 && { test: test.length }),
    },
    notes: notesOf(spec, train.length, validation.length, ownSplit),
    close: async () => {
      await input.close();
      dataset.close();
    },
  };
}

function notesOf({ batch }: RunSpec, train: number, validation: number, ownSplit: boolean): string[] {
  const notes: string[] = [];
  if (ownSplit) notes.push(`The data set brings its own split, which is used: ${train} pictures to train, ${validation} to validate.`);
  if (batch > train) notes.push(`The batch of ${batch} is larger than the ${train} training pictures, so every update uses all of them.`);
  if (validation === 0) notes.push('No pictures are left to validate with: this run says how it does in training only.');
  return notes;
}
