// Max pooling as engines with a kernel for it train it: what it needs for its gradient is a byte for each value it gives, where it would be
// what it takes, four times as much in four bytes each. Found in the network's nodes, so that models are written layer by layer.
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { codedMaxPool, MOST_PLACES, type PoolingWindows } from './kernels/max-pool';
import type { Layer } from './layers/layer';
import type { Network } from './network';
import { withSavers } from './savers/saver-plan';

const first = (value: unknown): number => (value as number[])[0];

function codedLayer(layer: Layer): Layer {
  const windows: PoolingWindows = {
    window: first(layer.config.pool_size),
    stride: first(layer.config.strides),
    padding: layer.config.padding as PoolingWindows['padding'],
  };
  if (windows.window ** 2 > MOST_PLACES) return layer;
  return { ...layer, saves: 'nothing', call: ([x]) => codedMaxPool(x as Tensor4D, windows) };
}

/**
 * The same network for training, with the same result; its savers are planned anew for it. As it is where activations are kept in 8 bits:
 * their plan is made for pooling that reads its input.
 */
export function withCodedPooling(network: Network): Network {
  const { nodes, savers } = network;
  if (savers?.eightBits || !nodes.some(({ layer }) => layer.className === 'MaxPooling2D')) return network;
  const coded = nodes.map((node) => ({ ...node, layer: node.layer.className === 'MaxPooling2D' ? codedLayer(node.layer) : node.layer }));
  return withSavers({ ...network, nodes: coded, savers: undefined }, savers?.names);
}
