// What one sample makes a training step do, counted from the network: by this, and by how fast the kinds of it are, its time is foretold.
import type { StepWork } from '#shared/pace';
import { sizeOf, type Layer } from './layers/layer';
import type { Network } from './network';
import { firstTrained } from './trained-part';
import { workOf } from './work';

/** Forward, and in backward the gradients of inputs and of weights. */
export const PASSES = 3;

export function stepWork(network: Network): StepWork {
  const { nodes, weights, savers } = network;
  const work: StepWork = {
    calls: 0,
    convolutions: 0,
    products: 0,
    depthwise: 0,
    attention: 0,
    normalized: 0,
    values: 0,
    weights: 0,
  };
  const first = firstTrained(network);
  // Once more for what is not kept: all segments but the last, and what is computed again by itself.
  const again = (place: number): number => Number(place < (savers?.cuts.at(-1) ?? 0)) + Number(savers?.recomputed[place] ?? false);
  for (const [place, { layer }] of nodes.entries()) {
    const passes = place < first ? 1 : PASSES + again(place);
    const kind = multiplyAddsOf(layer.className);
    if (kind) work[kind] += passes * (kind === 'attention' ? attentionWork(layer) : workOf(network, place));
    const values = valuesOf(layer.className);
    if (values) work[values] += passes * sizeOf(layer.outputShape);
    work.calls += passes;
  }
  work.weights = weights.reduce((sum, spec) => sum + (spec.trainable ? sizeOf(spec.shape) : 0), 0);
  return work;
}

function multiplyAddsOf(className: string): 'convolutions' | 'products' | 'depthwise' | 'attention' | undefined {
  if (className === 'DepthwiseConv2D') return 'depthwise';
  if (className === 'Attention') return 'attention';
  if (className.startsWith('Conv2D')) return 'convolutions';
  return className.includes('Dense') ? 'products' : undefined;
}

/** Activations are made where the values before them are. */
function valuesOf(className: string): 'values' | 'normalized' | undefined {
  if (className === 'Activation' || className === 'ReLU') return undefined;
  return className.endsWith('Normalization') ? 'normalized' : 'values';
}

/** Each token is compared with each, and takes its part of each. */
const attentionWork = ({ outputShape }: Layer): number => 2 * outputShape[0] * sizeOf(outputShape);
