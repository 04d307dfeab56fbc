// A network as an engine with the kernel for it runs it: convolution, ReLU and 2 × 2 max pooling in a row become one node. Same weights in
// the same places, same result within rounding; only what a step computes, never what is saved or shown.
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import { DEFAULT_PRECISION } from '#shared/run-spec';
import { pooledConvolution, type Padding } from './kernels/pooled-convolution';
import type { Layer } from './layers/layer';
import { sizeOf } from './layers/layer';
import type { Network, NetworkNode } from './network';

/** Values of a picture up to which the kernel's copies of it stay in the processor's cache. */
const MOST_VALUES = 64 * 1024;
const MOST_KERNEL = 7;

const first = (value: unknown): number => (value as number[])[0];
const isConvolution = ({ className, config, weights }: Layer): boolean =>
  className === 'Conv2D' && first(config.strides) === 1 && first(config.kernel_size) <= MOST_KERNEL && weights.length === 2;
const isRelu = ({ className, config }: Layer): boolean => className === 'Activation' && config.activation === 'relu';
const isHalving = ({ className, config }: Layer): boolean =>
  className === 'MaxPooling2D' && config.padding === 'same' && first(config.pool_size) === 2 && first(config.strides) === 2;

const fusedLayer = (convolution: Layer, pooling: Layer): Layer => ({
  ...convolution,
  className: 'OverbatchPooledConvolution',
  outputShape: pooling.outputShape,
  call: ([x], [kernel, bias]) =>
    pooledConvolution(x as Tensor4D, kernel as Tensor4D, bias as Tensor1D, convolution.config.padding as Padding),
});

/** The network itself where there is nothing to join, or where what its layers keep or compute in is not the usual. */
export function withPooledConvolutions(network: Network): Network {
  if (network.savers || (network.precision ?? DEFAULT_PRECISION) !== DEFAULT_PRECISION) return network;
  const { nodes } = network;
  const readers = nodes.map(() => 0);
  for (const { inputs } of nodes) for (const place of inputs) if (place >= 0) readers[place]++;
  const shapeBefore = (place: number) => (place < 0 ? network.inputShape : nodes[place].layer.outputShape);
  /** Convolution, ReLU and pooling whose values nobody else reads. */
  const startsAt = (place: number): boolean => {
    const [convolution, relu, pooling] = nodes.slice(place, place + 3);
    if (!pooling || !isConvolution(convolution.layer) || !isRelu(relu.layer) || !isHalving(pooling.layer)) return false;
    if (relu.inputs[0] !== place || pooling.inputs[0] !== place + 1 || readers[place] !== 1 || readers[place + 1] !== 1) return false;
    return sizeOf(shapeBefore(convolution.inputs[0])) <= MOST_VALUES;
  };
  const joined: NetworkNode[] = [];
  /** Where in the new network the output of an old place is. */
  const moved = new Map([[-1, -1]]);
  for (let place = 0; place < nodes.length; place++) {
    const { layer, inputs, ...node } = nodes[place];
    const starts = startsAt(place);
    const pooling = starts ? nodes[place + 2].layer : undefined;
    joined.push({ ...node, layer: pooling ? fusedLayer(layer, pooling) : layer, inputs: inputs.map((from) => moved.get(from)!) });
    if (starts) place += 2;
    moved.set(place, joined.length - 1);
  }
  return { ...network, nodes: joined };
}
