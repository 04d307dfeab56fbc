// Group normalization: where BatchNorm looks at the whole batch, it looks at one sample alone, so that any micro-batch gives the large
// batch's result.
import type { Tensor1D } from '@tensorflow/tfjs-core';
import { groupNorm } from '../kernels/group-norm';
import type { LayerFactory, StockLayer } from './layer';

const EPSILON = 1e-5;
/** The paper's; fewer where channels do not divide by it. */
const MOST_GROUPS = 32;

function groupsOf(channels: number): number {
  let groups = Math.min(MOST_GROUPS, channels);
  while (channels % groups !== 0) groups--;
  return groups;
}

export const groupNormalization =
  (): LayerFactory =>
  ([shape]) => {
    const [height, width, channels] = shape;
    const groups = groupsOf(channels);
    const weight = (name: string, kind: 'ones' | 'zeros') => ({
      name,
      shape: [channels],
      initializer: { kind },
      trainable: true,
      decays: false,
    });
    return {
      className: 'GroupNormalization',
      config: { groups, axis: -1, epsilon: EPSILON, center: true, scale: true },
      weights: [weight('gamma', 'ones'), weight('beta', 'zeros')],
      isCheap: true,
      outputShape: shape,
      stock: stockLayers(height * width, channels, groups, shape),
      call: ([x], [gamma, beta]) => groupNorm(x, gamma as Tensor1D, beta as Tensor1D, groups, EPSILON),
    };
  };

/** Each group as one row that layer normalization takes; then a convolution of 1 × 1 by channel, which scales and shifts. */
function stockLayers(places: number, channels: number, groups: number, shape: readonly number[]): StockLayer[] {
  const size = channels / groups;
  const reshape = (target: readonly number[], from: number): StockLayer => ({
    className: 'Reshape',
    config: { target_shape: [...target] },
    inputs: [from],
  });
  const swap = (from: number): StockLayer => ({ className: 'Permute', config: { dims: [2, 1, 3] }, inputs: [from] });
  return [
    reshape([places, groups, size], -1),
    swap(0),
    reshape([groups, places * size], 1),
    { className: 'LayerNormalization', config: { axis: [2], epsilon: EPSILON, center: false, scale: false }, inputs: [2] },
    reshape([groups, places, size], 3),
    swap(4),
    reshape(shape, 5),
    {
      className: 'DepthwiseConv2D',
      config: {
        kernel_size: [1, 1],
        strides: [1, 1],
        padding: 'same',
        depth_multiplier: 1,
        data_format: 'channels_last',
        dilation_rate: [1, 1],
        activation: 'linear',
        use_bias: true,
      },
      inputs: [6],
      weights: [
        { name: 'depthwise_kernel', shape: [1, 1, channels, 1] },
        { name: 'bias', shape: [channels] },
      ],
    },
  ];
}
