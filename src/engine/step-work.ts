// What one sample makes a training step do, counted from the network: by this, and by how fast the kinds of it are, its time is foretold.
import type { StepWork } from '#shared/pace';
import { sizeOf } from './layers/layer';
import type { Network } from './network';
import { firstTrained } from './trained-part';
import { workOf } from './work';

/** Forward, and in backward the gradients of inputs and of weights. */
export const PASSES = 3;

export function stepWork(network: Network): StepWork {
  const { nodes, weights, savers } = network;
  const work: StepWork = { calls: 0, convolutions: 0, products: 0, depthwise: 0, values: 0, weights: 0 };
  const first = firstTrained(network);
  // Once more for what is not kept: all segments but the last, and what is computed again by itself.
  const again = (place: number): number => Number(place < (savers?.cuts.at(-1) ?? 0)) + Number(savers?.recomputed[place] ?? false);
  for (const [place, { layer }] of nodes.entries()) {
    const passes = place < first ? 1 : PASSES + again(place);
    const kind = kindOf(layer.className);
    if (kind) work[kind] += passes * workOf(network, place);
    work.values += passes * sizeOf(layer.outputShape);
    work.calls += passes;
  }
  work.weights = weights.reduce((sum, spec) => sum + (spec.trainable ? sizeOf(spec.shape) : 0), 0);
  return work;
}

function kindOf(className: string): 'convolutions' | 'products' | 'depthwise' | undefined {
  if (className === 'DepthwiseConv2D') return 'depthwise';
  if (className.startsWith('Conv2D')) return 'convolutions';
  return className.includes('Dense') || className.includes('Attention') ? 'products' : undefined;
}
