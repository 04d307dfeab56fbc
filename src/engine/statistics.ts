// BatchNorm's statistics over a whole mini-batch, pooled from its micro-batches, and the running averages they move once.
import { add, div, mul, type Tensor } from '@tensorflow/tfjs-core';
import { poolStatistics } from './kernels/pool-statistics';
import { MOMENTUM } from './layers/batch-normalization';
import type { BatchStatistics } from './layers/layer';
import type { Network } from './network';

/** Mean [C] and sum of squared deviations from it [C] of everything seen so far in this mini-batch. */
export interface Pooled {
  mean: Tensor;
  squares: Tensor;
}

/** One BatchNorm layer. */
export interface Normalization {
  /** Its place in the network's nodes. */
  node: number;
  channels: number;
  /** Places of its four weights in the network's. */
  gamma: number;
  beta: number;
  movingMean: number;
  movingVariance: number;
  /** Positions one sample has at that layer (height × width). */
  positions: number;
  epsilon: number;
}

/** The network's BatchNorm layers, in order. */
export const normalizations = (network: Network): Normalization[] =>
  network.nodes.flatMap(({ layer, firstWeight }, node) => {
    if (layer.statisticsChannels === undefined) return [];
    const at = (name: string): number => firstWeight + layer.weights.findIndex((w) => w.name === name);
    return [
      {
        node,
        channels: layer.statisticsChannels,
        gamma: at('gamma'),
        beta: at('beta'),
        movingMean: at('moving_mean'),
        movingVariance: at('moving_variance'),
        positions: layer.outputShape.reduce((a, b) => a * b, 1) / layer.statisticsChannels,
        epsilon: Number(layer.config.epsilon),
      },
    ];
  });

/** Those whose statistics training gathers, in the order they report them: none where they are frozen. */
export const statisticsPlaces = (network: Network): Normalization[] => (network.batchNorm === 'frozen' ? [] : normalizations(network));

/** Adds a micro-batch to what was pooled over `samples` (one number, in a tensor) of so many positions each. */
export function pool(pooled: Pooled, samples: Tensor, positions: number, { mean, variance, count }: BatchStatistics): Pooled {
  const [newMean, squares] = poolStatistics({ ...pooled, samples, pieceMean: mean, pieceVariance: variance }, positions, count);
  return { mean: newMean, squares };
}

/** New [moving_mean, moving_variance] after one mini-batch of `positions` positions; the variance is the unbiased one, as in Keras and PyTorch. */
export function moveAverages(movingMean: Tensor, movingVariance: Tensor, pooled: Pooled, positions: number): [Tensor, Tensor] {
  const towards = (old: Tensor, seen: Tensor): Tensor => add(mul(old, MOMENTUM), mul(seen, 1 - MOMENTUM));
  return [towards(movingMean, pooled.mean), towards(movingVariance, div(pooled.squares, Math.max(1, positions - 1)))];
}
