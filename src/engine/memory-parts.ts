// What a run's peak consists of: the stacked bar.
import type { MemoryParts } from '#shared/plan';
import { sizeOf } from './layers/layer';
import { weightCount, type Network } from './network';
import { slotsOf, type Optimizer } from './optimizers';

export function memoryParts(network: Network, optimizer: Optimizer, peakBytes: number): MemoryParts {
  const accumulator = 4 * weightCount(network, true);
  const parameters = 4 * weightCount(network);
  const slots = network.weights.reduce((bytes, w) => bytes + 4 * slotsOf(optimizer, w).length * sizeOf(w.shape), 0);
  return { parameters, accumulator, optimizer: slots, activations: Math.max(0, peakBytes - parameters - accumulator - slots) };
}
