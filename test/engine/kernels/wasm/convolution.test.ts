// The convolution gradients on WebAssembly against the cpu backend, and against direct loops where that backend is wrong (dilation).
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { apart, distance, random, runOn, startBackends, withGradients, type Values } from './backends';
import { loopGradients, type LoopCase } from './loops';

beforeAll(startBackends);

/** Sums of a few hundred products in another order. */
const ROUNDING = 2e-6;

const KERNELS = [1, 2, 3, 4, 5];
const STRIDES: [number, number][] = [
  [1, 1],
  [2, 2],
  [3, 3],
  [2, 1],
];
const SIZES: [number, number][] = [
  [7, 8],
  [5, 5],
];
const PADS: ('same' | 'valid' | number | [[number, number], [number, number], [number, number], [number, number]])[] = [
  'same',
  'valid',
  1,
  [
    [0, 0],
    [2, 0],
    [0, 1],
    [0, 0],
  ],
];

describe.each(KERNELS)('kernel %i', (k) => {
  describe.each(STRIDES)('stride %i × %i', (...strides) => {
    // TF.js works a number's output width out with the stride of the height, and WebAssembly writes past its end: only where they are equal.
    it.each(PADS.filter((pad) => typeof pad !== 'number' || strides[0] === strides[1]))('pad %j', (pad) => {
      for (const [height, width] of SIZES) {
        for (const batch of [1, 3]) {
          const x = random([batch, height, width, 2], k);
          const convolution = withGradients(([a, b]) =>
            tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad, 'NHWC', 1, typeof pad === 'number' ? 'floor' : undefined),
          );
          expect(apart(convolution, [x, random([k, k, 2, 5], 7)])).toBeLessThanOrEqual(ROUNDING);
          if (Array.isArray(pad)) continue; // The cpu backend's depthwise gradients know no explicit padding.
          for (const multiplier of [1, 2]) {
            const depthwise = withGradients(([a, b]) =>
              tf.depthwiseConv2d(
                a as tf.Tensor4D,
                b as tf.Tensor4D,
                strides,
                pad,
                'NHWC',
                1,
                typeof pad === 'number' ? 'floor' : undefined,
              ),
            );
            expect(apart(depthwise, [x, random([k, k, 2, multiplier], 8)])).toBeLessThanOrEqual(ROUNDING);
          }
        }
      }
    });
  });
});

describe.each([true, false])('dilation 2, depthwise %s', (depthwise) => {
  it.each([2, 3, 5])('kernel %i', (kernel) => {
    for (const pad of ['same', 'valid'] as const) {
      const c: LoopCase = { batch: 2, height: 9, width: 11, channels: 3, filters: depthwise ? 2 : 4, kernel, dilation: 2, pad, depthwise };
      const expected = loopGradients(c, random([2, 9, 11, 3], 3), random([kernel, kernel, 3, c.filters], 4), 5);
      const name = depthwise ? 'DepthwiseConv2dNative' : 'Conv2D';
      const attributes = { strides: [1, 1], dilations: [2, 2], pad, dataFormat: 'NHWC' };
      const run = (kernelName: string, inputs: Record<string, tf.Tensor>, attrs: object) =>
        tf.engine().runKernel(kernelName, inputs as unknown as tf.NamedTensorMap, attrs as never) as tf.Tensor;
      const [dx, dw] = runOn(
        'wasm',
        ([x, filter, dy]) => [
          run(`${name}BackpropInput`, { dy, filter }, { ...attributes, inputShape: x.shape }),
          run(`${name}BackpropFilter`, { x, dy }, { ...attributes, filterShape: filter.shape }),
        ],
        [expected.x, expected.filter, expected.dy],
      );
      expect(distance(dx, expected.dx)).toBeLessThanOrEqual(ROUNDING);
      expect(distance(dw, expected.dw)).toBeLessThanOrEqual(ROUNDING);
    }
  });
});

it('control: a gradient of another filter is far away', () => {
  const gradient = withGradients(([a, b]) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'same'));
  const x: Values = random([1, 5, 5, 2]);
  const [, dx] = runOn('cpu', gradient, [x, random([3, 3, 2, 4], 1)]);
  const [, other] = runOn('wasm', gradient, [x, random([3, 3, 2, 4], 2)]);
  expect(distance(other, dx)).toBeGreaterThan(1e-2);
});
