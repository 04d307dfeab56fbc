// Puts dropout in front of a network's last layer, whatever the network is: where most classifiers have it.
import { dropout } from './layers/dropout';
import type { Network } from './network';

/** The same network where the rate is 0. Weights and their places stay as they are. */
export function withHeadDropout(network: Network, rate: number): Network {
  if (rate === 0) return network;
  const nodes = [...network.nodes];
  const last = nodes.pop()!;
  const [from] = last.inputs;
  const shape = from < 0 ? network.inputShape : nodes[from].layer.outputShape;
  nodes.push({ name: 'dropout_head', layer: dropout({ rate })([shape]), inputs: [from], firstWeight: last.firstWeight });
  nodes.push({ ...last, inputs: [nodes.length - 1, ...last.inputs.slice(1)] });
  return { ...network, nodes };
}
