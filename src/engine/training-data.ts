// What the engine asks of data: pictures by index. Where they lie is the reader's business.
import { tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Shape } from './layers/layer';

export interface Samples {
  /** Bytes of n pictures, NHWC, 0 to 255. */
  pixels: Uint8Array;
  labels: Int32Array;
}

export interface TrainingData {
  /** Height, width, channels. */
  inputShape: Shape;
  classes: number;
  /** Indices to learn from and to validate with. */
  train: Int32Array;
  validation: Int32Array;
  read(indices: Int32Array): Samples;
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
