// Convolutions on TensorFlow against the cpu backend, for as few channels as no catalogue net has: oneDNN has kernels of its own for each
// kind of processor, and one of them was wrong (src/engine/kernels/faster-convolutions.ts).
import * as tf from '@tensorflow/tfjs';
import { it } from 'vitest';
import { expectSame } from '#test/support/same-as-cpu';
import { describeTensorFlow } from '#test/support/tensorflow';

/** Two threads that share a buffer do not disagree every time. */
const TIMES = 4;

describeTensorFlow('convolutions', () => {
  for (const kernel of [1, 3]) {
    for (const stride of [1, 2, 3]) {
      it(`${kernel} × ${kernel}, stride ${stride}, and gradients, 1 to 17 channels, odd and even batches`, async () => {
        for (const channels of [1, 2, 3, 4, 5, 7, 8, 12, 17]) {
          for (const batch of [1, 4, 5]) {
            const size = Math.ceil(6 / stride);
            const shapes = [
              [batch, 6, 6, channels],
              [kernel, kernel, channels, 8],
              [batch, size, size, 8],
            ];
            const convolve = (x: tf.Tensor, w: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, 'same');
            await expectSame(shapes, ([x, w, dy]) => [
              convolve(x, w),
              ...Array.from({ length: TIMES }, () => tf.grads(convolve)([x, w], dy)).flat(),
            ]);
          }
        }
      });
    }
  }

  it('1 × 1, stride 2, four channels, more work than goes to our op for being little', async () => {
    const shapes = [
      [5, 66, 66, 4],
      [1, 1, 4, 64],
      [5, 33, 33, 64],
    ];
    const convolve = (x: tf.Tensor, w: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 'same');
    await expectSame(shapes, ([x, w, dy]) => Array.from({ length: TIMES }, () => tf.grads(convolve)([x, w], dy)).flat());
  });
});
