// Which concatenations are put together once more in the backward pass instead of kept: those of which a part is kept anyway, as a U-Net's
// skip connections are by the pooling that reads them, too. The same bits, for the time of a copy.
import type { Network } from '../network';
import { firstTrained } from '../trained-part';
import { heldValues, peakOf } from './held-values';

/** `recomputed`, and those concatenations whose parts take less than they do at the worst moment. */
export function withConcatenations(network: Network, recomputed: readonly boolean[]): boolean[] {
  const { nodes } = network;
  // What lies before keeps nothing.
  const begin = Math.max(0, firstTrained(network));
  const peakWith = (chosen: readonly boolean[]): number => peakOf(heldValues(network, chosen), begin);
  let chosen = [...recomputed];
  let peak = peakWith(chosen);
  for (const [place, { layer, inputs }] of nodes.entries()) {
    // A part that is computed again itself would then be there until its own readers' turn.
    if (layer.className !== 'Concatenate' || inputs.some((input) => chosen[input])) continue;
    const trying = chosen.with(place, true);
    const least = peakWith(trying);
    if (least < peak) [chosen, peak] = [trying, least];
  }
  return chosen;
}
