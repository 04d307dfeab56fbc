// The gradient of average pooling is its adjoint: ⟨pool(x), dy⟩ = ⟨x, gradient(dy)⟩, at the border too.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { averagePool } from '#engine/kernels/average-pooling';
import { directRuntime } from '#test/support/direct-runtime';

beforeAll(directRuntime);

/** How far the two products are apart, relative. */
const apart = (pool: (x: tf.Tensor4D) => tf.Tensor4D): number =>
  tf.tidy(() => {
    const [x, dy] = [1, 2].map((seed) => tf.randomNormal<tf.Rank.R4>([2, 4, 5, 3], 0, 1, 'float32', seed));
    const inner = (a: tf.Tensor, b: tf.Tensor): number => tf.sum(tf.mul(a, b)).dataSync()[0];
    const expected = inner(pool(x), dy);
    return Math.abs(inner(x, tf.grad((v: tf.Tensor) => pool(v as tf.Tensor4D))(x, dy)) / expected - 1);
  });

it('ours is', () => expect(apart((x) => averagePool(x, 3))).toBeLessThan(1e-5));

it('control: the stock one on TF.js’s cpu backend is not', () => {
  expect(apart((x) => tf.avgPool(x, 3, 1, 'same'))).toBeGreaterThan(1e-2);
});
