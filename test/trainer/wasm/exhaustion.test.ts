// Running out of memory on WebAssembly: always an exception with both numbers, never a wrong answer, and the engine goes on.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { sizeOf } from '#engine/layers/layer';
import { createOptimizer } from '#engine/optimizers';
import { snapshotLearner, type Snapshot } from '#engine/learner';
import { trainMiniBatch } from '#engine/mbp';
import type { Runtime } from '#engine/runtime';
import { FailureError } from '#shared/failure';
import { readFrom, tinyData, tinyNetwork, withBench } from '#test/support/tiny';
import { loadWasm } from '#trainer/wasm/load';

const LIMIT = 48 * 2 ** 20;
const MB = 1e6;

let runtime: Runtime;
beforeAll(async () => {
  runtime = await loadWasm(LIMIT);
});

const floats = (bytes: number): tf.Tensor1D => tf.tensor1d(new Float32Array(bytes / 4));

function failureOf(action: () => unknown): FailureError {
  try {
    action();
  } catch (error) {
    if (error instanceof FailureError) return error;
    throw error;
  }
  throw new Error('It was expected to run out of memory.');
}

const SMALL = 20_000;

/** Fills the heap: large blocks, then small ones in what is left. */
function fill(): { large: tf.Tensor[]; small: tf.Tensor[] } {
  const until = (bytes: number): tf.Tensor[] => {
    const blocks: tf.Tensor[] = [];
    failureOf(() => {
      for (;;) blocks.push(floats(bytes));
    });
    return blocks;
  };
  return { large: until(MB), small: until(SMALL) };
}

it('a tensor that does not fit is refused with both numbers, and smaller ones go on', () => {
  const before = runtime.meter.inUseBytes();
  const { failure } = failureOf(() => floats(60 * MB));
  expect(failure).toMatchObject({ kind: 'out-of-memory', availableBytes: LIMIT });
  expect(failure.kind === 'out-of-memory' && failure.neededBytes).toBeGreaterThan(LIMIT);
  expect(runtime.meter.inUseBytes()).toBe(before);
  const small = floats(10 * MB);
  expect(small.sum().dataSync()[0]).toBe(0);
  small.dispose();
});

it('so is one larger than any heap', () => {
  const huge = runtime.compile('huge', ([x]) => [tf.tile(x, [2 ** 30])], [{ shape: [2], dtype: 'float32' }]);
  const x = tf.tensor1d([1, 2]);
  expect(failureOf(() => huge.call([x])).failure.kind).toBe('out-of-memory');
  x.dispose();
});

describe.each([
  // Refused while XNNPACK makes an operator, the copy of the filter it is made from is lost (and counted); ours leave nothing.
  ['our convolution', [1, 1, 1, 200], [1, 1, 200, 200], 0],
  ['XNNPACK’s depthwise one', [1, 1, 1, 20_000], [1, 1, 20_000, 1], 80_000],
])('wherever in the gradient of %s it happens', (name, xShape, filterShape, lostEachTime) => {
  it('the answer is right or an exception, and nothing is lost', () => {
    const convolve = name === 'our convolution' ? tf.conv2d : tf.depthwiseConv2d;
    // The filter packed, by us or inside XNNPACK, takes as much as the filter itself: 160 or 80 kB.
    const gradient = runtime.compile(
      'gradient',
      ([x, filter]) => {
        const loss = (a: tf.Tensor, b: tf.Tensor): tf.Scalar =>
          convolve(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'same')
            .square()
            .sum();
        return tf.grads(loss)([x, filter]);
      },
      [xShape, filterShape].map((shape) => ({ shape, dtype: 'float32' as const })),
    );
    const values = Float32Array.from({ length: sizeOf(filterShape) }, (_, i) => Math.sin(i));
    const use = (): number[] => {
      const tensors: tf.Tensor[] = [];
      try {
        tensors.push(tf.ones(xShape));
        tensors.push(tf.tensor(values, filterShape));
        const outputs = gradient.call(tensors);
        tensors.push(...outputs);
        return outputs.map((t) => (t.dataSync() as Float32Array).reduce((sum, value) => sum + Math.abs(value), 0));
      } finally {
        tf.dispose(tensors);
      }
    };
    const expected = use();
    const [bytes, tensors] = [runtime.meter.inUseBytes(), tf.memory().numTensors];
    const outcomes = { right: 0, refused: 0 };
    for (let free = 0; free <= 96; free += free < 48 ? 1 : 4) {
      const { large, small } = fill();
      tf.dispose(large.splice(-2));
      const filler = floats(2 * MB - free * SMALL);
      try {
        expect(use()).toEqual(expected);
        outcomes.right++;
      } catch (error) {
        if (!(error instanceof FailureError)) throw error;
        expect(error.failure.kind).toBe('out-of-memory');
        outcomes.refused++;
      } finally {
        tf.dispose([...large, ...small, filler]);
      }
      expect(tf.memory().numTensors).toBe(tensors);
      expect(runtime.meter.inUseBytes() - bytes).toBeLessThanOrEqual(outcomes.refused * lostEachTime + 4000);
      expect(use()).toEqual(expected);
    }
    expect(outcomes.refused).toBeGreaterThan(10);
    expect(outcomes.right).toBeGreaterThan(10);
  });
});

it('training after it ends where training without it does', async () => {
  const data = tinyData(12);
  const learn = (disturb: () => void): Promise<Snapshot> =>
    withBench(runtime, tinyNetwork(), createOptimizer('adam'), async (bench) => {
      for (let step = 0; step < 4; step++) {
        if (step === 2) disturb();
        await trainMiniBatch(bench, [6, 6], 0.01, readFrom(data, data.train));
      }
      return snapshotLearner(bench.learner);
    });
  const undisturbed = await learn(() => {});
  expect(await learn(() => failureOf(() => floats(60 * MB)))).toEqual(undisturbed);
});
