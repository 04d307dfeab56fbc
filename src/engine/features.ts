// A network cut in two at a place before which nothing is trained: what comes before makes a sample's features, once; what comes after is
// trained on them. Both halves have the whole network's weights in its places, so learner, checkpoint and saved model are as ever.
import type { Network } from './network';

/** Its output are the features. */
export function untilFeatures(network: Network, end: number): Network {
  const nodes = network.nodes.slice(0, end);
  const { outputShape } = nodes[end - 1].layer;
  return { ...network, nodes, outputShape, classes: outputShape[outputShape.length - 1], savers: undefined, precision: 'float32' };
}

/** Its input are the features. What it computes is small: nothing of it is worth keeping otherwise. */
export function fromFeatures(network: Network, end: number): Network {
  const nodes = network.nodes.slice(end).map((node) => ({ ...node, inputs: node.inputs.map((place) => place - end) }));
  return { ...network, nodes, inputShape: network.nodes[end - 1].layer.outputShape, inputScale: 1, savers: undefined };
}
