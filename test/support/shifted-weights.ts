// Weights away from the initial zeros and ones, so that one in the wrong place shows.
import { initialWeights } from '#engine/initialize';
import type { Network } from '#engine/network';
import { randomStream } from '#engine/random';

export function shiftedWeights(network: Network): Float32Array[] {
  const random = randomStream(3);
  return initialWeights(network, 1).map((w) => w.map((v) => v + 0.1 * (random() - 0.5)));
}
