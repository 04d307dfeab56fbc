// MBP's own cost: a whole mini-batch (pieces, sums, totals, one update) over as many plain forwards and backwards of a micro-batch.
import { dispose, engine, mul, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import { trainMiniBatch } from '#engine/mbp';
import { runNetwork, type Network } from '#engine/network';
import { CLASSES } from '#engine/objectives/classes';
import { trainingReader } from '#engine/piece-readers';
import { equalPieces } from '#engine/pieces';
import type { Runtime, TensorFunction } from '#engine/runtime';
import { PIXEL_SCALE, sampleSpecs, weightSpecs } from '#engine/step';
import { ratios, spread, type Spread } from '../statistics';
import { randomPictures } from './pictures';
import { RATE, withWorkbench } from './workbench';

/** [x, labels, sample weights, ...weights] → [loss sum, ...gradients]: what any training does with a micro-batch, and nothing else. */
const plainStep =
  (network: Network): TensorFunction =>
  ([x, labels, sampleWeights, ...weights]) => {
    const trainable = weights.filter((_, i) => network.weights[i].trainable);
    const { value, grads } = engine().gradients(() => {
      const logits = runNetwork(network, mul(x, PIXEL_SCALE), weights, { training: true, onBatchStatistics: () => {} });
      return CLASSES.loss.sum(logits, [labels], sampleWeights as Tensor1D).sum;
    }, trainable);
    return [value, ...grads];
  };

export interface OwnCost {
  /** Milliseconds of one mini-batch, and of its plain forwards and backwards; of every round. */
  step: number[];
  plain: number[];
  ratio: Spread;
}

/** Both sides upload each micro-batch and wait for one number a mini-batch; they take turns at going first. */
export function ownCost(
  runtime: Runtime,
  network: Network,
  { batch, micro, rounds }: { batch: number; micro: number; rounds: number },
): Promise<OwnCost> {
  const data = randomPictures(network, batch);
  const list = { indices: data.train };
  const pieces = equalPieces(batch, micro);
  return withWorkbench(runtime, network, async (bench) => {
    const read = trainingReader(network, data, list, 1);
    const compiled = runtime.compile('bench_plain_step', plainStep(network), [...sampleSpecs(network, micro), ...weightSpecs(network)]);
    const plain = async (): Promise<void> => {
      let last: Tensor | undefined;
      for (let start = 0; start < batch; start += micro) {
        const samples = read(start, micro);
        const [loss, ...gradients] = compiled.call([...samples, ...bench.learner.weights]);
        dispose([...samples, ...gradients, ...(last ? [last] : [])]);
        last = loss;
      }
      await last?.data();
      last?.dispose();
    };
    const step = async (): Promise<void> => void (await trainMiniBatch(bench, pieces, RATE, read));
    const timed = async (run: () => Promise<void>): Promise<number> => {
      const begin = performance.now();
      await run();
      return performance.now() - begin;
    };
    try {
      await step();
      await plain();
      const seen = { step: [] as number[], plain: [] as number[] };
      for (let round = 0; round < rounds; round++) {
        for (const side of round % 2 === 0 ? (['step', 'plain'] as const) : (['plain', 'step'] as const))
          seen[side].push(await timed(side === 'step' ? step : plain));
      }
      return { ...seen, ratio: spread(ratios(seen.step, seen.plain)) };
    } finally {
      compiled.dispose();
    }
  });
}
