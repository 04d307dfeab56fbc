// Which outputs are nothing but the network's input in another form (scaled, padded): made again as the input itself is, instead of kept.
import { sizeOf } from '../layers/layer';
import type { Network, NetworkNode } from '../network';

/** Values of one sample below which an input is kept: to make it again takes longer than it is worth. */
export const SMALL_INPUT = 4096;

/** `recomputed`, and what cheap layers without weights, noise or a gradient's needs make of the input alone. */
export function withFormsOfInput({ nodes, inputShape }: Network, recomputed: readonly boolean[]): boolean[] {
  if (sizeOf(inputShape) < SMALL_INPUT) return [...recomputed];
  const isForm: boolean[] = [];
  for (const { layer, inputs } of nodes as readonly NetworkNode[]) {
    const isFree = layer.isCheap === true && layer.saves === 'nothing' && layer.weights.length === 0 && !layer.noise;
    isForm.push(isFree && inputs.every((place) => place < 0 || isForm[place]));
  }
  // The last one's output is the network's.
  return recomputed.map((is, place) => is || (isForm[place] && place < nodes.length - 1));
}
