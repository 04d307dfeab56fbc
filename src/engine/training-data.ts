// What the engine asks of data: lists of samples, read piece by piece. Where they lie, and who reads ahead, is the reader's business.
import { tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Shape } from './layers/layer';

export interface Samples {
  /** Bytes of n pictures, NHWC, 0 to 255. */
  pixels: Uint8Array;
  labels: Int32Array;
}

/** A mini-batch, or everything a validation pass sees. What is drawn for a sample is a function of the list's step and its place in it. */
export interface SampleList {
  /** In the order they are learnt from. */
  readonly indices: Int32Array;
  /** Number of the mini-batch in the run, from 0; absent where samples are seen as they are (validation). */
  readonly step?: number;
}

export interface TrainingData {
  /** Height, width, channels. */
  inputShape: Shape;
  classes: number;
  /** Indices to learn from and to validate with. */
  train: Int32Array;
  validation: Int32Array;
  /** Samples start … start + size − 1 of the list, the same whatever was read before. Good until the next read. */
  read(list: SampleList, start: number, size: number): Samples;
  /** What will be read from now on, in this order: a reader may work ahead of it. */
  expect?(lists: Iterable<SampleList>): void;
}

/** [x [n, h, w, c], labels [n], sample weights [n], all one]; the caller disposes of them. */
export function uploadSamples({ pixels, labels }: Samples, inputShape: Shape): Tensor[] {
  const n = labels.length;
  // In a tidy, so that one that does not fit takes the others with it.
  return tidy(() => [
    tensor(new Float32Array(pixels), [n, ...inputShape], 'float32'),
    tensor(Int32Array.from(labels), [n], 'int32'),
    tensor(new Float32Array(n).fill(1), [n], 'float32'),
  ]);
}
