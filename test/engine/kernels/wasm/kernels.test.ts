// The other kernels we add to WebAssembly, and the fused ones, against the cpu backend.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { batchNorm, softmaxCrossEntropy } from '#engine/kernels/fused';
import { apart, random, startBackends, withGradients, type Values } from './backends';

beforeAll(startBackends);

/** Sums of a few hundred products in another order. */
const ROUNDING = 2e-6;

const integers = (shape: number[], below: number, seed = 1): Values => {
  const { values } = random(shape, seed);
  return { shape, values: values.map((v) => Math.floor(((v + 1) / 2) * below)), dtype: 'int32' };
};

describe.each([1, 2, 3, 4])('max pooling, window %i', (size) => {
  it.each([1, 2, 3])('stride %i', (stride) => {
    for (const pad of ['same', 'valid'] as const) {
      const pooling = withGradients(([x]) => tf.maxPool(x as tf.Tensor4D, size, stride, pad));
      expect(apart(pooling, [random([2, 7, 9, 3])])).toBeLessThanOrEqual(ROUNDING);
      // Equal values: the first gets it all.
      expect(apart(pooling, [{ shape: [1, 6, 6, 2], values: new Array<number>(72).fill(-0.5) }])).toBeLessThanOrEqual(ROUNDING);
    }
  });
});

describe('matrix products', () => {
  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('transposeA %s, transposeB %s', (left, right) => {
    for (const batch of [[], [3]]) {
      const a = random([...batch, ...(left ? [7, 5] : [5, 7])], 1);
      const b = random([...batch, ...(right ? [6, 7] : [7, 6])], 2);
      expect(
        apart(
          withGradients(([p, q]) => tf.matMul(p, q, left, right)),
          [a, b],
        ),
      ).toBeLessThanOrEqual(ROUNDING);
    }
  });
});

describe('tiles', () => {
  it.each([
    [[3], [4]],
    [[], []],
    [[1], [5]],
    [
      [2, 3],
      [2, 3],
    ],
    [
      [2, 3],
      [1, 1],
    ],
    [
      [1, 1, 1, 5],
      [2, 3, 4, 1],
    ],
    [
      [2, 1, 1, 5],
      [1, 3, 4, 1],
    ],
    [
      [2, 3, 2, 2],
      [1, 2, 1, 3],
    ],
    [
      [1, 1, 1, 1],
      [2, 3, 4, 5],
    ],
    [
      [0, 2],
      [2, 2],
    ],
  ])('%j by %j', (shape, reps) => {
    expect(apart(([x]) => [tf.tile(x, reps)], [random(shape)])).toBe(0);
    expect(apart(([x]) => [tf.tile(x, reps)], [integers(shape, 9)])).toBe(0);
  });

  it('spread a tensor over a larger shape', () => {
    expect(apart(([x]) => [tf.broadcastTo(x, [4, 3, 5])], [random([3, 1])])).toBe(0);
  });
});

describe('sums and means', () => {
  it.each([
    [
      [3, 4, 5, 2],
      [0, 1, 2],
    ],
    [
      [3, 4, 5, 2],
      [1, 2],
    ],
    [[3, 4, 5, 2], [0]],
    [
      [3, 4, 5, 2],
      [1, 3],
    ],
    [[3, 4, 5, 2], [-1]],
    [[3, 4], undefined],
  ])('of %j over %j', (shape, axis) => {
    for (const keep of [false, true]) {
      const both = ([x]: tf.Tensor[]) => [tf.sum(x, axis, keep), tf.mean(x, axis, keep)];
      expect(apart(both, [random(shape)])).toBeLessThanOrEqual(ROUNDING);
      expect(
        apart(
          withGradients(([x]) => tf.mean(x, axis, keep)),
          [random(shape)],
        ),
      ).toBeLessThanOrEqual(ROUNDING);
    }
    expect(apart(([x]) => [tf.sum(x, axis)], [integers(shape, 9)])).toBe(0);
  });
});

it('a clone outlives what it was made from, and the other way round', () => {
  const outlive = ([x]: tf.Tensor[]) => {
    const [source, other] = [tf.add(x, 1), tf.add(x, 2)];
    const [copy, dropped] = [source.clone(), other.clone()];
    tf.dispose([source, dropped]);
    return [tf.mul(copy, 2), tf.mul(other, 2)];
  };
  expect(apart(outlive, [random([7])])).toBe(0);
});

it('segment sums, also of integers, with numbers that no segment has', () => {
  const segments: Values = { shape: [6], values: [2, 0, 2, 1, 4, 2], dtype: 'int32' };
  const sums = ([x, s]: tf.Tensor[]) => [tf.unsortedSegmentSum(x, s as tf.Tensor1D, 6)];
  expect(apart(sums, [random([6, 3, 2]), segments])).toBeLessThanOrEqual(ROUNDING);
  expect(apart(sums, [integers([6], 100), segments])).toBe(0);
});

it('the gradient of gathering rows that repeat', () => {
  const indices: Values = { shape: [7], values: [0, 3, 3, 1, 0, 3, 2], dtype: 'int32' };
  const gather = ([x, i]: tf.Tensor[]) => [tf.grad((table: tf.Tensor) => tf.gather(table, i as tf.Tensor1D).square())(x)];
  expect(apart(gather, [random([5, 4]), indices])).toBeLessThanOrEqual(ROUNDING);
});

describe('fused kernels', () => {
  it('ReLU', () => {
    expect(
      apart(
        withGradients(([x]) => tf.relu(x)),
        [random([3, 4, 5])],
      ),
    ).toBe(0);
  });

  it('BatchNorm: answer, statistics and gradients', () => {
    const inputs = [random([4, 5, 6, 3]), random([3], 2), random([3], 3)];
    const normalize = ([x, scale, offset]: tf.Tensor[]) => batchNorm(x as tf.Tensor4D, scale as tf.Tensor1D, offset as tf.Tensor1D, 1e-3);
    expect(
      apart(
        withGradients((all) => normalize(all).y),
        inputs,
      ),
    ).toBeLessThanOrEqual(ROUNDING);
    expect(apart((all) => [normalize(all).mean, normalize(all).variance], inputs)).toBeLessThanOrEqual(ROUNDING);
  });

  it('softmax cross-entropy', () => {
    const labels: Values = { shape: [3, 4], values: [1, 0, 0, 0, 0.5, 0, 0.25, 0.25, 0, 0, 0, 1] };
    const large = { shape: [3, 4], values: random([3, 4]).values.map((v) => 200 * v) };
    for (const logits of [random([3, 4]), large]) {
      const loss = withGradients(([l, t]) => softmaxCrossEntropy(l, t));
      expect(apart((inputs) => loss(inputs).slice(0, 2), [logits, labels])).toBeLessThanOrEqual(ROUNDING);
    }
  });
});
