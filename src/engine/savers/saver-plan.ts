// What a network does with its activations until the backward pass reads them: memory for time, layer by layer. Data beside the nodes.
import type { SaverName } from '#shared/run-spec';
import type { Network } from '../network';
import { recomputedLayers } from './light-layers';
import { chooseCuts } from './segments';

export interface SaverPlan {
  /** As asked for. */
  names: readonly SaverName[];
  /** First places of the segments after the first, ascending: the network is recomputed between them. */
  cuts: readonly number[];
  /** For each place: its output is not kept, but computed again from its inputs when the backward pass reads it. */
  recomputed: readonly boolean[];
  /** Activations are kept in 8 bits. */
  eightBits: boolean;
}

/** The network with its activations kept as the savers say. */
export function withSavers(network: Network, names: readonly SaverName[] = []): Network {
  if (names.length === 0) return network;
  const eightBits = names.includes('int8-activations');
  const recomputed = recomputedLayers(network, { light: names.includes('light-layers'), eightBits });
  return {
    ...network,
    savers: { names, cuts: names.includes('recompute') ? chooseCuts(network, recomputed, eightBits) : [], recomputed, eightBits },
  };
}

/** The savers that would change what this network keeps, in the order of what they cost: first those that leave the result as it is. */
export function usableSavers(network: Network): SaverName[] {
  const usable: SaverName[] = [];
  if (recomputedLayers(network, { light: true, eightBits: false }).some((is) => is)) usable.push('light-layers');
  if (
    chooseCuts(
      network,
      network.nodes.map(() => false),
    ).length > 0
  )
    usable.push('recompute');
  return [...usable, 'int8-activations'];
}
