// What a network says of samples, as a pure function.
import { softmax, type Tensor2D } from '@tensorflow/tfjs-core';
import { runNetwork, type Network } from './network';
import type { TensorFunction } from './runtime';
import { scaledInput } from './step';

/** [x [n, …], ...weights] → [probabilities [n, classes]], or the outputs as they are [n, outputs]. */
export const prediction =
  (network: Network, as: 'probabilities' | 'values' = 'probabilities'): TensorFunction =>
  ([x, ...weights]) => {
    const output = runNetwork(network, scaledInput(network, x), weights, { training: false, onBatchStatistics: () => {} });
    return [as === 'probabilities' ? softmax(output as Tensor2D) : output];
  };
