// Layers that engines with such kernels run as one: a BatchNorm with the activation behind it, or with the sum of a skip connection and the
// activation behind that. Found in the network's nodes, so that models are written layer by layer.
import { batchNormActivation, type Activation } from './kernels/batch-norm-activation';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Layer } from './layers/layer';
import type { Network, NetworkNode } from './network';
import { withSavers } from './savers/saver-plan';

function activationOf({ className, config }: Layer): Activation {
  if (className === 'Activation' && config.activation === 'relu') return 'relu';
  return className === 'ReLU' && config.max_value === 6 ? 'relu6' : 'none';
}

/** Nodes one after another, of which each but the last has only the next as a reader. */
interface Chain {
  length: number;
  activation: Activation;
  /** Place of the other term of the sum; absent: there is no sum. */
  side?: number;
}

function chainFrom({ nodes }: Network, readers: readonly number[], place: number): Chain | undefined {
  if (nodes[place].layer.className !== 'BatchNormalization') return undefined;
  let length = 1;
  const next = (): NetworkNode | undefined => {
    const [last, node] = [place + length - 1, nodes[place + length]];
    return readers[last] === 1 && node?.inputs.includes(last) ? node : undefined;
  };
  let side: number | undefined;
  const sum = next();
  if (sum?.layer.className === 'Add') {
    side = sum.inputs.find((input) => input !== place);
    length++;
  }
  const after = next();
  const activation = after ? activationOf(after.layer) : 'none';
  if (activation !== 'none') length++;
  return length > 1 ? { length, activation, ...(side !== undefined && { side }) } : undefined;
}

/**
 * The same network for training with fewer nodes and the same weights; its savers are planned anew for it. As it is where its statistics are
 * frozen, and where activations are kept in 8 bits: what an activation shut would be looked for in rounded values (bench/NOTES.md, Memory savers).
 */
export function withFusedNormalizations(network: Network): Network {
  if (network.batchNorm === 'frozen' || network.savers?.eightBits) return network;
  const { nodes, savers } = network;
  const readers = nodes.map((_, place) => nodes.reduce((count, { inputs }) => count + inputs.filter((input) => input === place).length, 0));
  /** Where each node's output is found in the new network. */
  const places = new Map<number, number>([[-1, -1]]);
  const fused: NetworkNode[] = [];
  for (let place = 0; place < nodes.length;) {
    const chain = chainFrom(network, readers, place);
    const node = nodes[place];
    const inputs = chain?.side === undefined ? node.inputs : [...node.inputs, chain.side];
    const layer = chain ? fusedLayer(node.layer, chain) : node.layer;
    fused.push({ ...node, layer, inputs: inputs.map((input) => places.get(input)!) });
    place += chain?.length ?? 1;
    places.set(place - 1, fused.length - 1);
  }
  return withSavers({ ...network, nodes: fused, savers: undefined }, savers?.names);
}

const fusedLayer = (normalization: Layer, { activation, side }: Chain): Layer => ({
  ...normalization,
  saves: side !== undefined && activation !== 'none' ? 'both' : 'input',
  call([x, added], [gamma, beta], context) {
    const { y, mean, variance } = batchNormActivation(
      { x: x as Tensor4D, scale: gamma as Tensor1D, offset: beta as Tensor1D, ...(added && { side: added as Tensor4D }) },
      Number(normalization.config.epsilon),
      activation,
    );
    context.onBatchStatistics({ mean, variance, count: x.size / gamma.size });
    return y;
  },
});
