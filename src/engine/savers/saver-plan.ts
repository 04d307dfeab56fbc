// What a network does with its activations until the backward pass reads them: memory for time, layer by layer. Data beside the nodes.
import type { SaverName } from '#shared/run-spec';
import type { Network } from '../network';
import { withConcatenations } from './concatenations';
import { withFormsOfInput } from './from-input';
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

/** What is computed again when the light layers are asked for, or in any case. */
function recomputedBy(network: Network, light: boolean): boolean[] {
  return withConcatenations(network, withFormsOfInput(network, recomputedLayers(network, { light, eightBits: false })));
}

/** The network with its activations kept as the savers say. */
export function withSavers(network: Network, names: readonly SaverName[] = []): Network {
  if (names.length === 0) return network;
  const eightBits = names.includes('int8-activations');
  const light = names.includes('light-layers');
  const recomputed = eightBits ? recomputedLayers(network, { light, eightBits }) : recomputedBy(network, light);
  return {
    ...network,
    savers: { names, cuts: names.includes('recompute') ? chooseCuts(network, recomputed, eightBits) : [], recomputed, eightBits },
  };
}

/** As its training keeps what it needs where no saver was asked for: what costs a copy is not kept. */
export function withFreeSavings(network: Network): Network {
  if (network.savers) return network;
  const recomputed = recomputedBy(network, false);
  return recomputed.includes(true) ? { ...network, savers: { names: [], cuts: [], recomputed, eightBits: false } } : network;
}

/** The savers that would change what this network keeps, in the order of what they cost: first those that leave the result as it is. */
export function usableSavers(network: Network): SaverName[] {
  const usable: SaverName[] = [];
  const anyway = recomputedBy(network, false);
  if (recomputedBy(network, true).some((is, place) => is !== anyway[place])) usable.push('light-layers');
  if (chooseCuts(network, anyway).length > 0) usable.push('recompute');
  return [...usable, 'int8-activations'];
}
