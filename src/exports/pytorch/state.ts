// A network's weights as the state of its PyTorch module: names, layouts, and the file they lie in.
import { zipSync } from 'fflate';
import type { Network } from '#engine/network';
import { channelsFirstWeight } from '../channels-first';
import { permuted, type Values } from '../permute';
import { toNpy } from './npy';

interface StateTensor extends Values {
  /** As in state_dict(). */
  name: string;
}

const NAMES: Readonly<Record<string, string>> = {
  kernel: 'weight',
  depthwise_kernel: 'weight',
  gamma: 'weight',
  beta: 'bias',
  moving_mean: 'running_mean',
  moving_variance: 'running_var',
};

/** Learnt constants are parameters of the network itself. */
const CONSTANTS = ['token', 'places'];

const stateName = (node: string, weight: string): string => (CONSTANTS.includes(weight) ? node : `${node}.${NAMES[weight] ?? weight}`);

export const stateOf = (network: Network, weights: readonly Float32Array[]): StateTensor[] =>
  network.nodes.flatMap((node) =>
    node.layer.weights.map((spec) => {
      const value = channelsFirstWeight(node, spec.name, weights);
      const isMatrix = node.layer.className === 'Dense' && spec.name === 'kernel';
      return { name: stateName(node.name, spec.name), ...(isMatrix ? permuted(value, [1, 0]) : value) };
    }),
  );

/** Names of the weights that a run leaves as they are. */
export const frozenNames = ({ nodes, weights }: Network): string[] =>
  nodes.flatMap(({ name, layer, firstWeight }) =>
    layer.weights.flatMap((spec, i) => (spec.trainable && weights[firstWeight + i].frozen ? [stateName(name, spec.name)] : [])),
  );

/** For numpy.load. */
export const toNpz = (tensors: readonly StateTensor[]): Uint8Array =>
  zipSync(Object.fromEntries(tensors.map((tensor) => [`${tensor.name}.npy`, toNpy(tensor)])), { level: 0 });
