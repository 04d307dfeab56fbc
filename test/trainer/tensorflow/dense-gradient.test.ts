// The gradient of dense weights by our own op: against the cpu backend in shapes that fill no tile, and added to a sum with the bits of both ops.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { accumulateInto } from '#engine/kernels/accumulate';
import { registerComposedKernels } from '#engine/kernels/composed';
import { matMul2d } from '#engine/kernels/linear';
import { isFasterDenseGradient } from '#engine/kernels/faster-convolutions';
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

  it.each(SHAPES)(
    '%i samples, %i to %i: captured, it is added to the sum in one op, with the same bits',
    async (samples, channels, filters) => {
      const { native } = runtime();
      const traced = vi.spyOn(native, 'traceOp');
      const specs = [
        [channels, filters],
        [samples, channels],
        [samples, filters],
      ].map((shape) => ({ shape, dtype: 'float32' as const }));
      const step = ([sum, x, dy]: tf.Tensor[]) => [accumulateInto(sum, slope(x as tf.Tensor2D, dy as tf.Tensor2D))];
      const compiled = runtime().compile('dense_gradient', step, specs);
      expect(traced.mock.calls.map(([, op]) => op)).toContain('OverbatchAccumulate');
      traced.mockRestore();
      // Computed, so that nothing is uploaded later.
      const given = () => specs.map(({ shape }, i) => tf.tidy(() => tf.add(values(shape, i), 1) as tf.Tensor2D));
      const inputs = given();
      const held = runtime().meter.inUseBytes();
      runtime().meter.resetPeak();
      const [together] = compiled.call(inputs);
      const peak = runtime().meter.peakBytes() - held;
      const [sum, x, dy] = given();
      const apart = tf.tidy(() => accumulateInto(sum, slope(x, dy)));
      expect(await together.data()).toEqual(await apart.data());
      // Panels are as large as what goes in, up to a tile more; a gradient by itself would come on top.
      const upTo = (multiple: number, count: number) => Math.ceil(count / multiple) * multiple;
      expect(peak).toBeLessThanOrEqual(4 * samples * (upTo(8, channels) + upTo(32, filters) + 2) + 1024);
      tf.dispose([...inputs, together, sum, x, dy, apart]);
      compiled.dispose();
    },
  );

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

  it('many samples, or a few columns of a wide tile at much work, are left to TensorFlow', () => {
    expect(isFasterDenseGradient(32, 256, 256, 32)).toBe(true);
    expect(isFasterDenseGradient(1025, 256, 256, 32)).toBe(false);
    expect(isFasterDenseGradient(1000, 1000, 33, 32)).toBe(false);
    expect(isFasterDenseGradient(32, 256, 256, 8)).toBe(false);
  });
});
