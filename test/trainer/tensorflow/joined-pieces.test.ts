// Several pieces in one call are the same pieces one after another: the same bits, and the memory of one.
import { dispose, memory, type Tensor } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { accumulate } from '#engine/mbp';
import { piecesPerCall } from '#engine/joined-pieces';
import type { Runtime } from '#engine/runtime';
import { carrySpecs } from '#engine/step';
import { readFrom, tinyData, tinyNetwork, plainSgd, withBench } from '#test/support/tiny';
import { describeTensorFlow } from '#test/support/tensorflow';

const MICRO = 3;
const network = tinyNetwork({ batchNorm: true, dropoutRate: 0 });

describeTensorFlow('joined pieces', (runtime) => {
  const joined = piecesPerCall(network, MICRO);
  // Two calls of many, and some alone.
  const pieces = [...Array.from({ length: 2 * joined + 2 }, () => MICRO), 2];
  const data = tinyData(pieces.reduce((a, b) => a + b, 0));

  async function carried(engine: Runtime): Promise<{ values: number[][]; calls: number; peakBytes: number }> {
    let calls = 0;
    const counting: Runtime = {
      ...engine,
      compile: (...args) => {
        const compiled = engine.compile(...args);
        return { ...compiled, call: (inputs: Tensor[]) => (calls++, compiled.call(inputs)) };
      },
    };
    return withBench(counting, network, plainSgd(), async (bench) => {
      const round = async (): Promise<number[][]> => {
        bench.meter.resetPeak();
        const carry = accumulate(bench, pieces, readFrom(data, data.train));
        const values = await Promise.all(carry.map(async (t) => [...(await t.data())]));
        dispose(carry);
        return values;
      };
      await round(); // An engine's first call of a function does more.
      calls = 0;
      return { values: await round(), calls, peakBytes: bench.meter.peakBytes };
    });
  }

  it('end in the same bits, in fewer calls, and add no more than their samples and carries to the peak', async () => {
    const tensors = memory().numTensors;
    const one = await carried({ ...runtime(), captures: false });
    const many = await carried(runtime());
    expect(one.calls).toBe(pieces.length);
    expect(many.calls).toBe(2 + 3);
    expect(many.values).toEqual(one.values);
    const sampleBytes = 4 * MICRO * (network.inputShape.reduce((a, b) => a * b, 1) + 2);
    // Between the pieces of a call live the carry before and after one, beside the one it was given; no activations.
    const carryBytes = carrySpecs(network).reduce((bytes, { shape }) => bytes + 4 * shape.reduce((a, b) => a * b, 1), 0);
    expect(many.peakBytes - one.peakBytes).toBeLessThanOrEqual((joined - 1) * sampleBytes + 2 * carryBytes);
    expect(memory().numTensors).toBe(tensors);
  });
});
