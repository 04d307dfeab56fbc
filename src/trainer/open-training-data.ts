// A packed data set as the engine wants it: indices to train and validate with, pictures by index.
import { openDataset } from '#datasets/packed-dataset';
import { splitIndices } from '#datasets/split';
import type { TrainingData } from '#engine/training-data';
import { FailureError } from '#shared/failure';
import type { RunEventOf } from '#shared/run-event';
import type { RunSpec } from '#shared/run-spec';
import { openInput, recipeOf, type Input } from './input/open-input';

export interface OpenData extends TrainingData, Pick<Input, 'hostBytes' | 'stalledMs'> {
  summary: RunEventOf<'started'>['dataset'];
  /** Training samples of each class. */
  classCounts: number[];
  /** Sentences the person should read. */
  notes: string[];
  close(): Promise<void>;
}

/** @throws FailureError dataset-missing, dataset-invalid; bad-checkpoint when `expectedHash` is another data set's */
export async function openTrainingData(folder: string, spec: RunSpec, budgetBytes: number, expectedHash?: string): Promise<OpenData> {
  const dataset = await openDataset(folder);
  const { manifest } = dataset;
  try {
    if (expectedHash !== undefined && expectedHash !== manifest.contentHash) {
      throw new FailureError({
        kind: 'bad-checkpoint',
        path: folder,
        problem: 'it was made with other data. Give the data set it was trained on.',
      });
    }
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
    const { input: size } = recipeOf(dataset, spec);
    const input = openInput({ dataset, train, spec, budgetBytes });
    return {
      ...input,
      classCounts,
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
