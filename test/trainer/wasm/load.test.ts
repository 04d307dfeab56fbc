// The WebAssembly engine as the rest sees it: what it says of itself, what it counts, and that it leaves the process's errors alone.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createOptimizer } from '#engine/optimizers';
import { trainMiniBatch } from '#engine/mbp';
import type { Runtime } from '#engine/runtime';
import { readFrom, tinyData, tinyNetwork, withBench } from '#test/support/tiny';
import { loadWasm } from '#trainer/wasm/load';

const listeners = () => ['uncaughtException', 'unhandledRejection'].map((event) => process.listenerCount(event));

let runtime: Runtime;
let listenersBefore: number[];
beforeAll(async () => {
  listenersBefore = listeners();
  runtime = await loadWasm();
});

it('says what it is', () => {
  expect(tf.getBackend()).toBe('wasm');
  expect(runtime.report).toMatchObject({ name: 'wasm', skipped: [], limitBytes: 2 ** 32 - 65536 });
  expect(runtime.report.version).toMatch(/^WebAssembly, TensorFlow\.js \d+\.\d+\.\d+, SIMD, 1 thread$/);
});

it('leaves uncaught errors to their listeners', () => {
  expect(listeners()).toEqual(listenersBefore);
});

describe('the meter', () => {
  const inUse = () => runtime.meter.inUseBytes();
  const added = <T>(make: () => T): [T, number] => {
    const before = inUse();
    const made = make();
    return [made, inUse() - before];
  };
  /** What TF.js's program remembers of a tensor, beside its values. */
  const RECORD = 20;

  it('counts tensors to the byte, and their release', () => {
    tf.dispose(Array.from({ length: 300 }, () => tf.scalar(1))); // The table of records has grown once.
    const before = inUse();
    for (const count of [1, 3, 1000, 1_000_000]) {
      const [floats, floatBytes] = added(() => tf.tensor(new Float32Array(count)));
      expect(floatBytes).toBe(4 * count + RECORD);
      const [flags, flagBytes] = added(() => tf.tensor(new Uint8Array(count), [count], 'bool'));
      expect(flagBytes).toBe(count + RECORD);
      const [view, viewBytes] = added(() => tf.reshape(floats, [count, 1]));
      expect(viewBytes).toBe(0);
      tf.dispose([floats, flags, view]);
    }
    expect(inUse()).toBe(before);
  });

  it('counts what XNNPACK allocates by itself, until the filter it belongs to is gone; our convolution keeps nothing', () => {
    /** Bytes a convolution leaves beside its output. */
    const use = (convolve: typeof tf.conv2d | typeof tf.depthwiseConv2d, filterShape: [number, number, number, number]): number => {
      const x = tf.ones<tf.Rank.R4>([1, 8, 8, 16]);
      const filter = tf.ones<tf.Rank.R4>(filterShape);
      const [y, bytes] = added(() => convolve(x, filter, 1, 'same'));
      const packed = bytes - 4 * y.size - RECORD;
      y.dispose();
      filter.dispose();
      x.dispose();
      return packed;
    };
    use(tf.depthwiseConv2d, [3, 3, 16, 1]); // The first one fills tables that stay.
    const before = inUse();
    const packed = use(tf.depthwiseConv2d, [3, 3, 16, 1]);
    expect(packed).toBeGreaterThanOrEqual(4 * 3 * 3 * 16);
    expect(packed).toBeLessThan(10 * 4 * 3 * 3 * 16);
    expect(use(tf.conv2d, [3, 3, 16, 32])).toBe(0);
    expect(inUse()).toBe(before);
  });

  it('knows the highest moment, not only the end', () => {
    const x = tf.ones([1000]);
    const call = runtime.compile('sum', ([a]) => [tf.sum(tf.square(tf.tile(a, [4])))], [{ shape: [1000], dtype: 'float32' }]);
    tf.dispose(call.call([x])); // The first one fills tables that stay.
    runtime.meter.resetPeak();
    const before = inUse();
    const [answer] = call.call([x]);
    // tile and square live at once; then only the scalar.
    expect(runtime.meter.peakBytes() - before).toBeGreaterThanOrEqual(2 * 16_000);
    expect(runtime.meter.peakBytes() - before).toBeLessThan(2 * 16_000 + 1000);
    expect(inUse() - before).toBe(4 + RECORD);
    tf.dispose([answer, x]);
  });

  it('is no more than the heap, which it says too', () => {
    expect(runtime.meter.heapBytes?.()).toBeGreaterThanOrEqual(runtime.meter.peakBytes());
  });

  it('finds the same peak in every step, with BatchNorm and ragged pieces, and no tensor left behind', async () => {
    const data = tinyData(13);
    const tensors = tf.memory().numTensors;
    const peaks = await withBench(runtime, tinyNetwork({ batchNorm: true }), createOptimizer('adam'), async (bench) => {
      const found: number[][] = [];
      for (let step = 0; step < 8; step++) {
        runtime.meter.resetPeak();
        await trainMiniBatch(bench, [5, 5, 3], 0.01, readFrom(data, data.train));
        found.push([runtime.meter.peakBytes(), inUse(), tf.memory().numTensors]);
      }
      return found.slice(2);
    });
    for (const reading of peaks) expect(reading).toEqual(peaks[0]);
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
