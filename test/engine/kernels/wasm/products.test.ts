// Our own WebAssembly kernels where their blocks do not come out even: channels and filters that fill no vector or panel, places that
// fill no block of four, windows at the border; and that neither where the tensors lie nor what lay there before changes a bit.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { accumulateInto } from '#engine/kernels/accumulate';
import { batchNorm } from '#engine/kernels/fused';
import { biasAdd, matMul2d } from '#engine/kernels/linear';
import { apart, distance, random, runOn, startBackends, withGradients } from './backends';

beforeAll(startBackends);

/** Sums of a few hundred products in another order. */
const ROUNDING = 2e-6;

const convolution = (strides: number, pad: 'same' | 'valid') =>
  withGradients(([x, filter]) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, pad));

describe.each([1, 3, 4, 6, 16])('convolutions of %i channels', (channels) => {
  it.each([1, 4, 6, 8, 17])('into %i', (filters) => {
    for (const [kernel, strides, height, width] of [
      [1, 1, 4, 7],
      [1, 2, 5, 6],
      [3, 1, 1, 1],
      [3, 1, 7, 9],
      [3, 2, 8, 8],
      [5, 1, 6, 5],
    ]) {
      const inputs = [random([2, height, width, channels], 1), random([kernel, kernel, channels, filters], 2)];
      expect(apart(convolution(strides, 'same'), inputs)).toBeLessThanOrEqual(ROUNDING);
      if (kernel <= Math.min(height, width)) expect(apart(convolution(strides, 'valid'), inputs)).toBeLessThanOrEqual(ROUNDING);
    }
  });
});

describe.each([1, 3, 4, 8, 10])('depthwise convolutions of %i channels', (channels) => {
  it.each([
    [1, 1, 4, 7],
    [3, 1, 1, 1],
    [3, 1, 7, 9],
    [3, 2, 8, 7],
    [5, 3, 6, 5],
  ])('kernel %i, stride %i, %i × %i', (kernel, strides, height, width) => {
    for (const pad of ['same', 'valid'] as const) {
      if (pad === 'valid' && kernel > Math.min(height, width)) continue;
      const depthwise = withGradients(([x, filter]) => tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, pad));
      const inputs = [random([2, height, width, channels], 1), random([kernel, kernel, channels, 1], 2)];
      expect(apart(depthwise, inputs)).toBeLessThanOrEqual(ROUNDING);
    }
  });
});

describe('products of batches of matrices', () => {
  it.each([
    [1, 1, 1],
    [5, 3, 7],
    [17, 16, 17],
    [4, 8, 16],
    [6, 65, 6],
  ])('%i × %i by %i, either of them transposed', (m, k, n) => {
    for (const [turnA, turnB] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ]) {
      const product = withGradients(([a, b]) => tf.matMul(a, b, turnA, turnB));
      const inputs = [random([2, 3, ...(turnA ? [k, m] : [m, k])], 1), random([2, 3, ...(turnB ? [n, k] : [k, n])], 2)];
      expect(apart(product, inputs)).toBeLessThanOrEqual(ROUNDING);
    }
  });

  it('one matrix for all', () => {
    expect(apart(([a, b]) => [tf.matMul(a, b)], [random([4, 5, 6], 1), random([1, 6, 3], 2)])).toBeLessThanOrEqual(ROUNDING);
  });
});

describe('products of matrices', () => {
  it.each([
    [1, 1, 1],
    [1, 400, 10],
    [3, 5, 7],
    [32, 120, 84],
    [9, 84, 3],
    [4, 8, 16],
  ])('%i × %i by %i', (m, k, n) => {
    const product = withGradients(([a, b]) => matMul2d(a as tf.Tensor2D, b as tf.Tensor2D));
    expect(apart(product, [random([m, k], 1), random([k, n], 2)])).toBeLessThanOrEqual(ROUNDING);
  });
});

describe.each([1, 2, 3, 4, 6, 10, 16])('%i channels', (channels) => {
  it.each([
    [1, 1, 1],
    [2, 3, 5],
    [3, 11, 13],
  ])('of %i × %i × %i places: bias, BatchNorm, sum and mean', (...places) => {
    const x = random([...places, channels], 1);
    const [scale, offset] = [random([channels], 2), random([channels], 3)];
    const shifted = { ...x, values: x.values.map((value) => value + 3) };
    const biased = withGradients(([a, b]) => biasAdd(a, b as tf.Tensor1D));
    expect(apart(biased, [x, scale])).toBeLessThanOrEqual(ROUNDING);
    const totals = ([a]: tf.Tensor[]) => [tf.sum(a, [0, 1, 2]), tf.mean(a, [1, 2])];
    expect(apart(totals, [x])).toBeLessThanOrEqual(ROUNDING);
    if (places.every((size) => size === 1)) return; // One value has no variance.
    const normalized = withGradients(([a, g, b]) => batchNorm(a as tf.Tensor4D, g as tf.Tensor1D, b as tf.Tensor1D, 1e-3).y);
    expect(apart(normalized, [shifted, scale, offset])).toBeLessThanOrEqual(2 * ROUNDING);
  });

  it('max pooling and ReLU', () => {
    const x = random([2, 7, 6, channels]);
    const pooled = (size: number) => withGradients(([a]) => tf.maxPool(a as tf.Tensor4D, size, 2, 'same'));
    for (const size of [2, 3]) expect(apart(pooled(size), [x])).toBeLessThanOrEqual(ROUNDING);
    for (const rectify of [tf.relu, tf.relu6]) {
      const larger = { ...x, values: x.values.map((value) => 10 * value) };
      expect(
        apart(
          withGradients(([a]) => rectify(a)),
          [larger],
        ),
      ).toBe(0);
    }
  });
});

describe('a gradient added to a sum', () => {
  it.each([1, 3, 4, 11])('of %i values: is what a sum is, in the memory of the first', (size) => {
    const [before, plain, spent, after] = runOn(
      'wasm',
      ([a, b]) => {
        const given = tf.keep(tf.add(a, 0));
        const [first, sum] = [tf.add(given, 0), tf.add(given, b)];
        const spent = accumulateInto(given, b);
        return [first, sum, spent, given];
      },
      [random([size], 1), random([size], 2)],
    );
    expect(spent).toEqual(plain);
    expect(after).toEqual(plain);
    // Control: a plain sum left its terms as they were.
    expect(before.values).toEqual(random([size], 1).values.map(Math.fround));
  });
});

describe('what surrounds the tensors', () => {
  const all = ([x, filter, a, b, depthwise]: tf.Tensor[]) => [
    ...convolution(1, 'same')([x, filter]),
    ...convolution(2, 'valid')([x, filter]),
    ...withGradients(([p, q]) => matMul2d(p as tf.Tensor2D, q as tf.Tensor2D))([a, b]),
    ...withGradients(([p, q]) => tf.depthwiseConv2d(p as tf.Tensor4D, q as tf.Tensor4D, 2, 'same'))([x, depthwise]),
    ...withGradients(([p]) => tf.maxPool(p as tf.Tensor4D, 2, 2, 'same'))([x]),
  ];
  const inputs = [random([3, 9, 7, 3], 1), random([3, 3, 3, 6], 2), random([5, 7], 3), random([7, 10], 4), random([3, 3, 3, 1], 5)];

  it('changes no bit: not numbers that were there before, not another place', () => {
    const first = runOn('wasm', all, inputs);
    for (const size of [3, 1001, 40_000]) {
      const held = tf.fill([size], NaN);
      tf.dispose([tf.fill([100_000], NaN), tf.fill([2_000], NaN), tf.fill([333], NaN)]);
      const again = runOn('wasm', all, inputs);
      held.dispose();
      expect(again).toEqual(first);
    }
  });

  it('control: another filter changes the answers', () => {
    const first = runOn('wasm', all, inputs);
    const other = runOn('wasm', all, [inputs[0], random([3, 3, 3, 6], 5), ...inputs.slice(2)]);
    expect(distance(other[0], first[0])).toBeGreaterThan(1e-2);
  });
});
