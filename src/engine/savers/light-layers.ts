// Which outputs need not be kept: those of cheap layers (normalization, activation, pooling) whose input is kept anyway, because the
// layer's own gradient reads it, or can be computed again itself. Tempo (Andoorveedu et al. 2022, arXiv 2210.10246) drops the inputs of
// GELU and LayerNorm instead and gets them back from the outputs, approximately; dropping the outputs gives the same bits.
import { sizeOf, type Layer } from '../layers/layer';
import type { Network, NetworkNode } from '../network';

export const readsInput = ({ saves = 'input' }: Layer): boolean => saves === 'input' || saves === 'both';
export const readsOutput = ({ saves = 'input' }: Layer): boolean => saves === 'output' || saves === 'both';

/**
 * For each place: is its output computed again instead of kept?
 * @param eightBits what reads input *and* output (max pooling looks for the one in the other) must see an output made from the rounded
 *   input; what reads its output alone (ReLU) keeps it, because zeros and signs survive rounding there, but not in front of it
 */
export function recomputedLayers({ nodes }: Network, { light, eightBits }: { light: boolean; eightBits: boolean }): boolean[] {
  // What is far smaller than its input saves little, and to compute it again that input must be there once more, earlier than otherwise.
  const isLarge = ({ layer, inputs }: NetworkNode): boolean =>
    inputs.every((place) => place < 0 || 2 * sizeOf(layer.outputShape) >= sizeOf(nodes[place].layer.outputShape));
  const isWished = (node: NetworkNode): boolean => {
    const { isCheap, saves } = node.layer;
    if (eightBits && saves === 'both') return true;
    return light && isCheap === true && isLarge(node) && !(eightBits && saves === 'output');
  };
  const isKept = nodes.map(() => false);
  for (const { layer, inputs } of nodes) if (readsInput(layer)) for (const place of inputs) if (place >= 0) isKept[place] = true;
  const recomputed: boolean[] = [];
  for (const node of nodes) {
    const { inputs } = node;
    recomputed.push(isWished(node) && inputs.every((place) => place < 0 || recomputed[place] || isKept[place]));
  }
  // The last one's output is the network's.
  if (recomputed.length > 0) recomputed[recomputed.length - 1] = false;
  return recomputed;
}
