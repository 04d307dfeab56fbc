// The gradient of dense weights by our own op: against the cpu backend in shapes that fill no tile, and added to a sum with the bits of both ops.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { accumulateInto } from '#engine/kernels/accumulate';
import { registerComposedKernels } from '#engine/kernels/composed';
import { matMul2d } from '#engine/kernels/linear';
import { isFasterDenseGradient } from '#engine/kernels/faster-dense-gradients';
import { expectSame, values } from '#test/support/same-as-cpu';
import { describeTensorFlow } from '#test/support/tensorflow';

/** Samples, numbers in, numbers out. */
const SHAPES = [
  [1, 1, 1],
  [3, 7, 33],
  [32, 64, 10],
  [33, 65, 46],
  [1024, 9, 31],
  [5, 150, 142],
] as const;

describeTensorFlow('gradients of dense weights', (runtime) => {
  beforeAll(() => registerComposedKernels('cpu'));
  beforeEach(() => tf.setBackend('tensorflow'));

  const slope = (x: tf.Tensor2D, dy: tf.Tensor2D): tf.Tensor2D =>
    tf.grad((w: tf.Tensor) => matMul2d(x, w as tf.Tensor2D))(tf.fill([x.shape[1], dy.shape[1]], 0), dy) as tf.Tensor2D;

  it.each(SHAPES)('%i samples, %i to %i: as on the cpu backend, by our op', async (samples, channels, filters) => {
    const calls = vi.spyOn(tf.backend() as unknown as { executeMultipleOutputs(op: string): unknown }, 'executeMultipleOutputs');
    const shapes = [
      [samples, channels],
      [samples, filters],
    ];
    await expectSame(shapes, ([x, dy]) => [slope(x as tf.Tensor2D, dy as tf.Tensor2D)]);
    expect(calls.mock.calls.map(([op]) => op)).toContain('OverbatchDenseGradient');
    calls.mockRestore();
  });

  type Step = (inputs: tf.Tensor[]) => tf.Tensor[];
  const compile = (step: Step, shapes: readonly (readonly number[])[]) =>
    runtime().compile(
      'dense_gradient',
      step,
      shapes.map((shape) => ({ shape: [...shape], dtype: 'float32' })),
    );
  /** Computed, so that nothing is uploaded later. */
  const given = (shapes: readonly (readonly number[])[]) =>
    shapes.map((shape, i) => tf.tidy(() => tf.add(values([...shape], i), 1) as tf.Tensor2D));
  const summed: Step = ([sum, x, dy]) => [accumulateInto(sum, slope(x as tf.Tensor2D, dy as tf.Tensor2D))];

  it.each(SHAPES)(
    '%i samples, %i to %i: captured, it has the bits of the gradient and the sum after it',
    async (samples, channels, filters) => {
      const shapes = [
        [channels, filters],
        [samples, channels],
        [samples, filters],
      ];
      const compiled = compile(summed, shapes);
      const inputs = given(shapes);
      const [together] = compiled.call(inputs);
      const again = given(shapes);
      const [apart] = tf.tidy(() => summed(again));
      expect(await together.data()).toEqual(await apart.data());
      tf.dispose([...inputs, ...again, together, apart]);
      compiled.dispose();
    },
  );

  it('captured, nothing as large as the weights is allocated; where something else reads the gradient it is, and both are right', async () => {
    const shapes = [
      [512, 512],
      [2, 512],
      [2, 512],
    ];
    const bytes = 4 * 512 * 512;
    const measure = async (step: Step) => {
      const compiled = compile(step, shapes);
      const inputs = given(shapes);
      const { meter } = runtime();
      const held = meter.inUseBytes();
      meter.resetPeak();
      const outputs = compiled.call(inputs);
      const peak = meter.peakBytes() - held;
      const read = await Promise.all(outputs.map((output) => output.data()));
      tf.dispose([...inputs, ...outputs]);
      compiled.dispose();
      return { peak, read };
    };
    const alone = await measure(summed);
    expect(alone.peak).toBeLessThan(bytes / 8);
    const both = await measure(([sum, x, dy]) => {
      const gradient = slope(x as tf.Tensor2D, dy as tf.Tensor2D);
      return [accumulateInto(sum, gradient), tf.mul(gradient, 2)];
    });
    expect(both.peak).toBeGreaterThan(bytes);
    expect(both.read[0]).toEqual(alone.read[0]);
    const [, x, dy] = given(shapes);
    expect(both.read[1]).toEqual(tf.tidy(() => tf.mul(slope(x, dy), 2).dataSync()));
  });

  it('another shape than the sum’s, or another number of samples, cannot be captured', () => {
    expect(() => compile(summed, [[4, 3], [5, 3], [5, 4]])).toThrow(/OverbatchAccumulateDenseGradient|must be equal/); // prettier-ignore
    const unequal: Step = ([x, dy]) => [slope(x as tf.Tensor2D, dy as tf.Tensor2D)];
    expect(() => compile(unequal, [[5, 3], [6, 4]])).toThrow(); // prettier-ignore
  });

  it('a sum of another shape, and samples that are not as many, are refused', () => {
    const run = (op: string, inputs: tf.Tensor[]) =>
      (
        tf.backend() as unknown as { executeMultipleOutputs(op: string, attributes: [], inputs: tf.Tensor[], outputs: number): tf.Tensor[] }
      ).executeMultipleOutputs(op, [], inputs, 1);
    tf.tidy(() => {
      const [x, dy] = [tf.ones([4, 3]), tf.ones([4, 5])];
      expect(() => run('OverbatchAccumulateDenseGradient', [tf.ones([3, 4]), x, dy])).toThrow(/shape/);
      expect(() => run('OverbatchDenseGradient', [tf.ones([3, 3]), dy])).toThrow(/do not belong to one layer/);
    });
  });

  it('many samples, much work for many samples, and narrow registers are left to TensorFlow', () => {
    expect(isFasterDenseGradient(32, 256, 256, 32)).toBe(true);
    expect(isFasterDenseGradient(64, 4096, 1024, 32)).toBe(true);
    expect(isFasterDenseGradient(65, 4096, 1024, 32)).toBe(false);
    expect(isFasterDenseGradient(1025, 10, 10, 32)).toBe(false);
    expect(isFasterDenseGradient(32, 256, 256, 8)).toBe(false);
  });
});
