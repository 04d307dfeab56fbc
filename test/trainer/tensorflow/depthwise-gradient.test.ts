// Filter gradients of depthwise convolutions that oneDNN would compute in far more memory: by our op, against the cpu backend.
import * as tf from '@tensorflow/tfjs';
import { expect, it, vi } from 'vitest';
import { expectSame } from '#test/support/same-as-cpu';
import { describeTensorFlow } from '#test/support/tensorflow';

interface Case {
  pictures: number;
  size: [number, number];
  channels: number;
  kernel: [number, number];
  stride: number;
  padding: 'same' | 'valid';
}

const CASES: Case[] = [
  { pictures: 3, size: [9, 7], channels: 33, kernel: [5, 5], stride: 1, padding: 'same' },
  { pictures: 5, size: [12, 9], channels: 32, kernel: [5, 5], stride: 2, padding: 'same' },
  { pictures: 2, size: [11, 8], channels: 70, kernel: [7, 4], stride: 1, padding: 'valid' },
  { pictures: 6, size: [2, 2], channels: 96, kernel: [3, 3], stride: 1, padding: 'same' },
  { pictures: 4, size: [1, 6], channels: 5, kernel: [3, 3], stride: 2, padding: 'same' },
  { pictures: 2, size: [8, 8], channels: 3, kernel: [5, 2], stride: 3, padding: 'same' },
];
const THREE: Case = { pictures: 3, size: [6, 6], channels: 40, kernel: [3, 3], stride: 1, padding: 'same' };

const convolve =
  ({ stride, padding }: Case) =>
  (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
    tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, padding);

/** Of [pictures, filters, gradients of the result]. */
const gradient = (given: Case, [x, w, dy]: tf.Tensor[]): tf.Tensor => tf.grad((filter: tf.Tensor) => convolve(given)(x, filter))(w, dy);

function shapesOf({ pictures, size, channels, kernel, stride, padding }: Case): number[][] {
  const out = size.map((side, i) => (padding === 'same' ? Math.ceil(side / stride) : Math.floor((side - kernel[i]) / stride) + 1));
  return [
    [pictures, ...size, channels],
    [...kernel, channels, 1],
    [pictures, ...out, channels],
  ];
}

describeTensorFlow('filter gradients of depthwise convolutions', (runtime) => {
  for (const given of [...CASES, THREE])
    it(`${JSON.stringify(given)}: as on the cpu backend`, () => expectSame(shapesOf(given), (inputs) => [gradient(given, inputs)]));

  it('are computed by our op where oneDNN has no loop for them, and by oneDNN where it has', async () => {
    await tf.setBackend('tensorflow');
    const calls = vi.spyOn(tf.backend() as unknown as { executeMultipleOutputs(op: string): unknown }, 'executeMultipleOutputs');
    const isOurs = (given: Case): boolean => {
      calls.mockClear();
      tf.tidy(
        () =>
          void gradient(
            given,
            shapesOf(given).map((shape) => tf.ones(shape)),
          ),
      );
      return calls.mock.calls.some(([op]) => op === 'OverbatchDepthwiseFilterGradient');
    };
    try {
      expect([...CASES, THREE].map(isOurs)).toEqual([...CASES.map(() => true), false]);
    } finally {
      calls.mockRestore();
    }
  });

  it('take no memory but the result’s, as is forecast', () => {
    const specs = shapesOf(CASES[0]).map((shape) => ({ shape, dtype: 'float32' as const }));
    const compute = (inputs: tf.Tensor[]): tf.Tensor[] => [gradient(CASES[0], inputs)];
    const { meter, forecast, compile } = runtime();
    const compiled = compile('depthwise', compute, specs);
    const inputs = specs.map(({ shape }) => tf.ones(shape));
    tf.dispose(compiled.call(inputs)); // TF.js uploads a tensor when it is first read.
    const held = meter.inUseBytes();
    meter.resetPeak();
    tf.dispose(compiled.call(inputs));
    expect((meter.peakBytes() - held) / forecast!('depthwise', compute, specs)).toBeLessThan(1.05);
    tf.dispose(inputs);
    compiled.dispose();
  });
});
