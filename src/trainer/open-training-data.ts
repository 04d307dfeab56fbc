// A data set as the engine wants it, whatever its kind: indices to train and validate with, samples by index.
import { readManifest } from '#datasets/manifest';
import type { Objective } from '#engine/objectives/objective';
import type { TrainingData } from '#engine/training-data';
import { assertNever } from '#shared/assert-never';
import { FailureError } from '#shared/failure';
import type { EmbeddedBlock } from '#shared/embedding';
import type { RunEventOf } from '#shared/run-event';
import type { RunSpec } from '#shared/run-spec';
import type { ModelFacts } from './saved-model';
import type { Input } from './input/open-input';
import { openMasks } from './open-masks';
import { openPictures } from './open-pictures';
import { openRows } from './open-rows';

export interface OpenData extends TrainingData, Pick<Input, 'hostBytes' | 'hostBytesFor' | 'readers' | 'stalledMs'> {
  summary: RunEventOf<'started'>['dataset'];
  /** Training samples (of masks, pixels) of each class; none where the target is a number. */
  classCounts: number[];
  objective: Objective;
  /** Of pictures with classes: how many there are, learnt from or not, and the class of each. */
  all?: { count: number; labelOf(index: number): number };
  /** Of a table: where in a row the values of each category stand. */
  categories?: Omit<EmbeddedBlock, 'dimensions'>[];
  /** Samples that are neither learnt from nor chosen by: the data's own test part. */
  test: Int32Array;
  /** Of rows that are learnt for a number: the target in its own unit. */
  targetOf?(index: number): number;
  /** What an input is multiplied by before the first layer; absent: that of bytes. */
  inputScale?: number;
  /** What the saved model says about its inputs and answers. */
  model: ModelFacts;
  /** Sentences the person should read. */
  notes: string[];
  close(): Promise<void>;
}

/**
 * @throws FailureError dataset-missing, dataset-invalid; bad-setting for what this kind of data has no use for; bad-checkpoint when
 * `expectedHash` is another data set's
 */
export async function openTrainingData(folder: string, spec: RunSpec, budgetBytes: number, expectedHash?: string): Promise<OpenData> {
  const { kind, contentHash } = await readManifest(folder);
  if (expectedHash !== undefined && expectedHash !== contentHash) {
    throw new FailureError({
      kind: 'bad-checkpoint',
      path: folder,
      problem: 'it was made with other data. Give the data set it was trained on.',
    });
  }
  switch (kind) {
    case 'image-classes':
      return openPictures(folder, spec, budgetBytes);
    case 'segmentation':
      return openMasks(folder, spec, budgetBytes);
    case 'table':
      return openRows(folder, spec);
    default:
      return assertNever(kind);
  }
}
