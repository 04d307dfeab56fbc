// Weights that are not trained cost nothing and stay bit for bit as they are; those that are learn what they would anyway, whatever the pieces.
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { snapshotLearner } from '#engine/learner';
import { accumulate, trainMiniBatch } from '#engine/mbp';
import { linear } from '#engine/models/linear';
import type { Network } from '#engine/network';
import { createOptimizer } from '#engine/optimizers';
import { equalPieces } from '#engine/pieces';
import type { Runtime } from '#engine/runtime';
import { withSavers } from '#engine/savers/saver-plan';
import { firstTrained, frozenEnd, withTrainedPart } from '#engine/trained-part';
import type { TrainedPart } from '#shared/start-settings';
import { directRuntime } from '#test/support/direct-runtime';
import { worstWeight } from '#test/support/distance';
import { plainSgd, readFrom, residualNetwork, tinyData, withBench } from '#test/support/tiny';

const BATCH = 10;
const PARTS: TrainedPart[] = ['head', 'last-stages'];

let runtime: Runtime;
beforeAll(async () => {
  runtime = await directRuntime();
});

const trained = (part: TrainedPart, batchNorm: Network['batchNorm'] = 'frozen'): Network => ({
  ...withTrainedPart(residualNetwork(), part),
  batchNorm,
});

async function learnt(network: Network, pieces: readonly number[], ema?: number) {
  const data = tinyData(BATCH);
  return withBench(runtime, network, createOptimizer('momentum', { ema }), async (bench) => {
    const start = await snapshotLearner(bench.learner);
    const before = memory().numTensors;
    for (let step = 0; step < 3; step++) await trainMiniBatch(bench, pieces, 0.1, readFrom(data, data.train));
    expect(memory().numTensors).toBe(before);
    return { start, end: await snapshotLearner(bench.learner) };
  });
}

describe.each(PARTS)('%s', (part) => {
  const { weights } = trained(part);

  it('in pieces learns what the whole batch does; with each piece normalized by itself it does not', async () => {
    const [whole, pieces] = [await learnt(trained(part), [BATCH]), await learnt(trained(part), equalPieces(BATCH, 3))];
    expect(worstWeight(pieces.end.weights, whole.end.weights)).toBeLessThan(1e-6);
    const [own, cut] = [
      await learnt(trained(part, 'per-micro-batch'), [BATCH]),
      await learnt(trained(part, 'per-micro-batch'), equalPieces(BATCH, 3)),
    ];
    expect(worstWeight(cut.end.weights, own.end.weights)).toBeGreaterThan(1e-3);
  });

  it('leaves every other weight as it was, and keeps nothing for it: no velocity, no average', async () => {
    const { start, end } = await learnt(trained(part), [BATCH], 0.9);
    weights.forEach(({ trainable, frozen }, i) => {
      expect(end.slots[i].length).toBe(frozen ? 0 : trainable ? 2 : 1);
      if (frozen) expect(end.weights[i]).toEqual(start.weights[i]);
      else if (trainable) expect(end.weights[i]).not.toEqual(start.weights[i]);
    });
  });

  it('finds the gradients of training everything, in less memory', async () => {
    const gradients = async (network: Network) =>
      withBench(runtime, network, plainSgd(), async (bench) => {
        const data = tinyData(BATCH);
        bench.meter.resetPeak();
        const [, ...sums] = accumulate(bench, [5, 5], readFrom(data, data.train));
        const read = sums.map((sum) => sum.dataSync());
        sums.forEach((sum) => sum.dispose());
        return { read, peakBytes: bench.meter.peakBytes };
      });
    const [some, all] = [await gradients(trained(part)), await gradients(trained('everything'))];
    expect(some.read.length).toBeLessThan(all.read.length);
    expect(some.read).toEqual(all.read.slice(-some.read.length));
    expect(some.peakBytes).toBeLessThan(all.peakBytes);
  });
});

it('memory savers cut only what is trained, and find the same gradients', async () => {
  const data = tinyData(BATCH);
  const gradients = (network: Network) =>
    withBench(runtime, network, plainSgd(), async (bench) => {
      const carry = accumulate(bench, [BATCH], readFrom(data, data.train));
      const read = carry.map((sum) => sum.dataSync());
      carry.forEach((sum) => sum.dispose());
      return read;
    });
  const plain = trained('last-stages');
  const saving = withSavers(plain, ['recompute']);
  expect(saving.savers!.cuts.length).toBeGreaterThan(0);
  expect(Math.min(...saving.savers!.cuts)).toBeGreaterThan(firstTrained(plain));
  expect(await gradients(saving)).toEqual(await gradients(plain));
});

it('says up to where a network can be computed once', () => {
  const { nodes } = residualNetwork();
  expect(frozenEnd(trained('head'))).toBe(nodes.length - 1);
  expect(nodes[frozenEnd(trained('last-stages')) - 1].layer.className).toBe('Activation');
  expect(frozenEnd(trained('everything'))).toBe(0);
  // Flattened pixels are no less than the pixels.
  expect(frozenEnd(withTrainedPart(linear([6, 6, 2], 3), 'head'))).toBe(0);
});
