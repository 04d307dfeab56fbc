// What WebAssembly forecasts with: its kernels run without computing. Beside what is counted: test/deep/forecast-wasm.test.ts.
import { add, dispose, fill, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '#engine/runtime';
import { loadEngine } from '#trainer/backend';

describe('what WebAssembly forecasts with', () => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await loadEngine('wasm');
    // What a kernel keeps for itself from its first call on is no part of what follows.
    tidy(() => void add(tensor([1, 2]), 1).dataSync());
  });

  it('computes as before afterwards, and after a function that failed', () => {
    const [before, x] = [runtime.meter.inUseBytes(), tensor([1, 2])];
    const failing = (): never => {
      fill([1000], 1);
      throw new Error('Half of it.');
    };
    expect(() => runtime.forecast!('fails', failing, [])).toThrow('Half of it.');
    const sum = add(x, 1);
    expect([...sum.dataSync()]).toEqual([2, 3]);
    dispose([sum, x]);
    expect(runtime.meter.inUseBytes()).toBe(before);
  });

  it('counts what is there at once, not what there was', () => {
    const bytes = runtime.forecast!('two', ([x]) => [add(add(x, 1), 1)], [{ shape: [1000], dtype: 'float32' }]);
    expect(bytes).toBeGreaterThanOrEqual(2 * 4000);
    expect(bytes).toBeLessThan(2 * 4000 + 100);
  });
});
