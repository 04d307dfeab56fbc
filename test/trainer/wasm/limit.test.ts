// The real limit of WebAssembly, 4 GiB: reached with memory that is reserved and never touched, so that the test itself takes little.
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { FailureError } from '#shared/failure';
import { loadWasm } from '#trainer/wasm/load';

it('filling all of the heap ends in an exception, and the engine computes on', async () => {
  const { meter } = await loadWasm();
  const backend = tf.backend() as unknown as {
    makeOutput(shape: number[], dtype: string): { dataId: object };
    disposeData(id: object): void;
  };
  const rss = process.memoryUsage().rss;
  for (const size of [2 ** 28, 2 ** 26]) {
    const made: object[] = [];
    const fill = (): void => {
      for (;;) made.push(backend.makeOutput([size / 4], 'float32').dataId);
    };
    expect(fill).toThrow(FailureError);
    expect(meter.inUseBytes()).toBeGreaterThan(3.5 * 2 ** 30);
    expect(meter.inUseBytes()).toBeLessThanOrEqual(2 ** 32);
    made.forEach((id) => backend.disposeData(id));
    expect(meter.inUseBytes()).toBeLessThan(2 ** 20);
  }
  const sum = tf.tidy(() => tf.matMul(tf.ones([8, 8]), tf.ones([8, 8])).sum());
  expect(sum.dataSync()[0]).toBe(512);
  sum.dispose();
  expect(process.memoryUsage().rss - rss).toBeLessThan(400e6);
});
