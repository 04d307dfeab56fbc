// What the engine asks of data: lists of samples, read piece by piece. Where they lie, and who reads ahead, is the reader's business.
import { tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { sizeOf, type Shape } from './layers/layer';
import type { TargetSpec } from './objectives/objective';

export interface Samples {
  /** Bytes of n pictures, NHWC, 0 to 255; or the numbers of n rows. */
  pixels: Uint8Array | Float32Array;
  /** Class indices. */
  labels: Int32Array;
  /** For objectives that ask for other targets than a class index: each of them, n × its shape long. */
  targets?: readonly (Int32Array | Float32Array)[];
  /** Absent: all one. */
  weights?: Float32Array;
}

/** A mini-batch, or everything a validation pass sees. What is drawn for a sample is a function of the list's step and its place in it. */
export interface SampleList {
  /** In the order they are learnt from. */
  readonly indices: Int32Array;
  /** Number of the mini-batch in the run, from 0; absent where samples are seen as they are (validation). */
  readonly step?: number;
}

export interface TrainingData {
  /** Height, width, channels; or the numbers of a row. */
  inputShape: Shape;
  /** Outputs the model has: classes, or 1 for a number. */
  classes: number;
  /** Indices to learn from and to validate with. */
  train: Int32Array;
  validation: Int32Array;
  /** Samples start … start + size − 1 of the list, the same whatever was read before. Good until the next read. */
  read(list: SampleList, start: number, size: number): Samples;
  /** What will be read from now on, in this order: a reader may work ahead of it. */
  expect?(lists: Iterable<SampleList>): void;
}

/** What a classifier's samples bring along. */
export const CLASS_INDEX: readonly TargetSpec[] = [{ shape: [], dtype: 'int32' }];

/** [x [n, h, w, c], ...targets [n, …], sample weights [n]]; the caller disposes of them. */
export function uploadSamples({ pixels, labels, targets = [labels], weights }: Samples, inputShape: Shape, specs = CLASS_INDEX): Tensor[] {
  const n = pixels.length / sizeOf(inputShape);
  // In a tidy, so that one that does not fit takes the others with it.
  return tidy(() => [
    tensor(new Float32Array(pixels), [n, ...inputShape], 'float32'),
    ...specs.map(({ shape, dtype }, i) => tensor(targets[i].slice(), [n, ...shape], dtype)),
    tensor(weights?.slice() ?? new Float32Array(n).fill(1), [n], 'float32'),
  ]);
}

/** Black pictures with targets of 0, to try a step with. */
export const blankSamples = (n: number, inputShape: Shape, specs: readonly TargetSpec[]): Samples => ({
  pixels: new Uint8Array(n * sizeOf(inputShape)),
  labels: new Int32Array(n),
  targets: specs.map(({ shape, dtype }) => new (dtype === 'int32' ? Int32Array : Float32Array)(n * sizeOf(shape))),
});
