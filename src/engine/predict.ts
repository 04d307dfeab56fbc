// Probabilities of the classes for pictures, as a pure function.
import { mul, softmax, type Tensor2D } from '@tensorflow/tfjs-core';
import { runNetwork, type Network } from './network';
import type { TensorFunction } from './runtime';
import { PIXEL_SCALE } from './step';

/** [x [n, h, w, c] of 0 to 255, ...weights] → [probabilities [n, classes]]. */
export const prediction =
  (network: Network): TensorFunction =>
  ([x, ...weights]) => [
    softmax(runNetwork(network, mul(x, PIXEL_SCALE), weights, { training: false, onBatchStatistics: () => {} }) as Tensor2D),
  ];
