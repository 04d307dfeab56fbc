// The plain JavaScript engine: what it counts, and that a step leaves nothing behind.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createOptimizer } from '#engine/optimizers';
import { trainMiniBatch } from '#engine/mbp';
import type { Runtime } from '#engine/runtime';
import { readFrom, tinyData, tinyNetwork, withBench } from '#test/support/tiny';
import { loadJs } from '#trainer/js';

let runtime: Runtime;
const warn = vi.spyOn(console, 'warn');
beforeAll(async () => {
  runtime = await loadJs();
});

it('says what it is, and prints nothing', () => {
  expect(tf.getBackend()).toBe('cpu');
  expect(runtime.report).toMatchObject({ name: 'js', skipped: [] });
  expect(runtime.report.version).toMatch(/^JavaScript, TensorFlow\.js \d+\.\d+\.\d+$/);
  tf.ones([1]).dispose();
  expect(warn).not.toHaveBeenCalled();
});

describe('the meter', () => {
  it('counts tensors to the byte, once however many share them, and their release', () => {
    const before = runtime.meter.inUseBytes();
    const x = tf.tensor(new Float32Array(1000));
    expect(runtime.meter.inUseBytes() - before).toBe(4000);
    const view = tf.reshape(x, [10, 100]);
    const flags = tf.tensor(new Uint8Array(30), [30], 'bool');
    expect(runtime.meter.inUseBytes() - before).toBe(4030);
    x.dispose();
    expect(runtime.meter.inUseBytes() - before).toBe(4030);
    tf.dispose([view, flags]);
    expect(runtime.meter.inUseBytes()).toBe(before);
  });

  it('knows the highest moment', () => {
    const x = tf.tensor(new Float32Array(1000));
    const call = runtime.compile('sum', ([a]) => [tf.sum(tf.square(tf.tile(a, [4])))], [{ shape: [1000], dtype: 'float32' }]);
    runtime.meter.resetPeak();
    const before = runtime.meter.inUseBytes();
    const [answer] = call.call([x]);
    expect(runtime.meter.peakBytes() - before).toBeGreaterThanOrEqual(32_000);
    expect(runtime.meter.peakBytes() - before).toBeLessThan(33_000);
    expect(runtime.meter.inUseBytes() - before).toBe(4);
    tf.dispose([answer, x]);
  });

  it('finds the same peak in every step, and no tensor left behind', async () => {
    const data = tinyData(13);
    const tensors = tf.memory().numTensors;
    const readings = await withBench(runtime, tinyNetwork({ batchNorm: true }), createOptimizer('adam'), async (bench) => {
      const found: number[][] = [];
      for (let step = 0; step < 6; step++) {
        runtime.meter.resetPeak();
        await trainMiniBatch(bench, [5, 5, 3], 0.01, readFrom(data, data.train));
        found.push([runtime.meter.peakBytes(), runtime.meter.inUseBytes(), tf.memory().numTensors]);
      }
      return found.slice(1);
    });
    for (const reading of readings) expect(reading).toEqual(readings[0]);
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
