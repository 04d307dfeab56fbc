// How many pictures at once the features are made of: as many as the budget holds, found without taking more than it.
import { beforeAll, describe, expect, it } from 'vitest';
import { untilFeatures } from '#engine/features';
import { efficientNetLite0 } from '#engine/models/efficientnet-lite0';
import type { Runtime } from '#engine/runtime';
import { frozenEnd, withTrainedPart } from '#engine/trained-part';
import { plainSgd, withBench } from '#test/support/tiny';
import { tryExtraction } from '#trainer/features/extract';
import { loadWasm } from '#trainer/wasm/load';

const network = { ...withTrainedPart(efficientNetLite0([128, 128, 3], 3), 'head'), batchNorm: 'frozen' as const };
const frozen = untilFeatures(network, frozenEnd(network));

let runtime: Runtime;
beforeAll(async () => {
  runtime = await loadWasm();
});

/** What was found, and the most that each call held, counted where the engine counts it: no trial can make it forget. */
async function tried(limitBytes: number, most = 32) {
  let kept = 0;
  const calls: { size: number; peakBytes: number }[] = [];
  const watched: Runtime = {
    ...runtime,
    compile: (name, ...rest) => {
      const compiled = runtime.compile(name, ...rest);
      kept++;
      const dispose = (): void => {
        kept--;
        compiled.dispose();
      };
      const call: typeof compiled.call = (inputs) => {
        try {
          return compiled.call(inputs);
        } finally {
          calls.push({ size: inputs[0].shape[0], peakBytes: runtime.meter.peakBytes() });
        }
      };
      return { ...compiled, call, dispose };
    },
  };
  return withBench(watched, network, plainSgd(), (bench) => {
    bench.meter.limitBytes = limitBytes;
    const found = tryExtraction(bench, frozen, most);
    const above = calls.map(({ size, peakBytes }) => ({ size, peakBytes: peakBytes - bench.meter.baselineBytes }));
    return Promise.resolve({ ...found, calls: above, kept });
  });
}

describe('tryExtraction', () => {
  it('finds how many fit without taking more than a sample above the limit', async () => {
    const { micro, calls } = await tried(45e6);
    const sample = calls[1].peakBytes - calls[0].peakBytes;
    expect(Math.max(...calls.map(({ peakBytes }) => peakBytes))).toBeLessThanOrEqual(45e6 + sample);
    expect(micro).toBeGreaterThan(2);
    const free = await tried(Infinity);
    expect(free.micro).toBe(32);
    expect(free.peakBytes, 'control: without a limit it takes more').toBeGreaterThan(2 * 45e6);
  });

  it('tries no more at once than it may', async () => {
    const { micro, calls, kept } = await tried(Infinity, 3);
    expect(micro).toBe(3);
    expect(kept, 'functions that training has no use for').toBe(0);
    expect(calls.map(({ size }) => size)).toEqual([1, 2, 3]);
  });

  it('refuses a limit that one picture does not fit', async () => {
    await expect(tried(20e6)).rejects.toThrow('One sample needs');
  });
});
