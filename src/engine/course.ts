// The course of a run: which samples are read, and in what order. A function of the seed and the data alone, so that a reader may
// work ahead and an interrupted run goes on with the same mini-batches.
import { miniBatches } from './pieces';
import { permutation, randomStream, STREAM } from './random';
import type { SampleList } from './training-data';

export interface Course {
  train: Int32Array;
  validation: Int32Array;
  /** N_B. */
  batch: number;
  epochs: number;
  seed: number;
}

export const stepsPerEpoch = (train: number, batch: number): number => Math.ceil(train / Math.min(batch, train));

/** The order in which an epoch visits the training samples. */
const epochOrder = (train: Int32Array, seed: number, epoch: number): Int32Array =>
  permutation(train.length, randomStream(seed, STREAM.shuffle, epoch)).map((place) => train[place]);

/** The mini-batches of an epoch (from 0): every training sample exactly once, the last one short where it does not divide. */
export function miniBatchesOf({ train, batch, seed }: Course, epoch: number): SampleList[] {
  const first = epoch * stepsPerEpoch(train.length, batch);
  return miniBatches(epochOrder(train, seed, epoch), batch).map((indices, i) => ({ indices, step: first + i }));
}

/** Everything a run reads from mini-batch number `step` on, in that order: the mini-batches of each epoch, then its validation. */
export function* listsFrom(course: Course, step: number): Generator<SampleList, void, void> {
  for (let epoch = Math.floor(step / stepsPerEpoch(course.train.length, course.batch)); epoch < course.epochs; epoch++) {
    for (const list of miniBatchesOf(course, epoch)) if (list.step! >= step) yield list;
    if (course.validation.length > 0) yield { indices: course.validation };
  }
}
