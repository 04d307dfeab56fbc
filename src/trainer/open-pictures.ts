// A packed data set of pictures as the engine wants it.
import { openDataset } from '#datasets/packed-dataset';
import { splitIndices } from '#datasets/split';
import { createObjective } from '#engine/objectives/create';
import { mixedObjective } from '#engine/objectives/losses/mixed';
import { FailureError } from '#shared/failure';
import { NUMBER_LOSSES } from '#shared/objective-settings';
import type { RunSpec } from '#shared/run-spec';
import { openInput, recipeOf } from './input/open-input';
import type { OpenData } from './open-training-data';
import { pictureFacts } from './saved-model';

/** @throws FailureError dataset-missing, dataset-invalid, bad-setting for a loss of numbers */
export async function openPictures(folder: string, spec: RunSpec, budgetBytes: number): Promise<OpenData> {
  if (NUMBER_LOSSES.some((name) => name === spec.loss)) {
    throw new FailureError({
      kind: 'bad-setting',
      problem: `The loss ${spec.loss} is for numbers, and these pictures have classes. Choose softmax-cross-entropy or focal.`,
    });
  }
  const dataset = await openDataset(folder);
  const { manifest } = dataset;
  try {
    const { train, validation, ownSplit } = splitIndices(manifest, { validationShare: spec.validationShare, seed: spec.seed });
    if (train.length === 0) {
      throw new FailureError({
        kind: 'dataset-invalid',
        path: folder,
        problem: 'no pictures are left for training. Add pictures to its training part.',
      });
    }
    const notes: string[] = [];
    if (ownSplit)
      notes.push(`The data set brings its own split, which is used: ${train.length} pictures to train, ${validation.length} to validate.`);
    if (spec.batch > train.length) {
      notes.push(`The batch of ${spec.batch} is larger than the ${train.length} training pictures, so every update uses all of them.`);
    }
    if (validation.length === 0) notes.push('No pictures are left to validate with: this run says how it does in training only.');
    const classCounts = manifest.labels.map(() => 0);
    for (const index of train) classCounts[manifest.samples[index].label]++;
    const objective = createObjective(spec, classCounts);
    const { input: size } = recipeOf(dataset, spec);
    const input = openInput({ dataset, train, spec, budgetBytes });
    return {
      ...input,
      classCounts,
      objective: spec.augment?.mixup ? mixedObjective(objective) : objective,
      model: pictureFacts(manifest.labels, [size.height, size.width, size.channels]),
      inputShape: [size.height, size.width, size.channels],
      classes: manifest.labels.length,
      train,
      validation,
      summary: {
        name: manifest.name,
        contentHash: manifest.contentHash,
        labels: manifest.labels,
        train: train.length,
        validation: validation.length,
      },
      notes,
      close: async () => {
        await input.close();
        dataset.close();
      },
    };
  } catch (error) {
    dataset.close();
    throw error;
  }
}
