// Residual networks (He et al. 2015, "Deep residual learning for image recognition") as for ImageNet: a 7 × 7 stem, four stages of blocks
// that halve the picture and double the filters, global average pooling. Bottlenecks stride in their 3 × 3 convolution, as torchvision's do.
import type { ModelSettings } from '#shared/model-settings';
import { add } from '../layers/add';
import { conv2d } from '../layers/conv-2d';
import { dense } from '../layers/dense';
import { globalAveragePooling2d } from '../layers/global-average-pooling-2d';
import type { Shape } from '../layers/layer';
import { maxPooling2d } from '../layers/max-pooling-2d';
import { normalization } from '../layers/normalization';
import { relu } from '../layers/relu';
import { NetworkBuilder, type Network } from '../network';
import { scaled } from './width';

export interface ResidualOptions extends ModelSettings {
  /** Two 3 × 3 convolutions, or a 3 × 3 one between two of 1 × 1, of which the last has four times the filters. */
  block: 'basic' | 'bottleneck';
  /** Blocks of each stage. */
  stages: readonly number[];
}

/** Of the first stage. */
const FILTERS = 64;
const EXPANSION = 4;

export function residualNetwork(inputShape: Shape, classes: number, options: ResidualOptions): Network {
  const { block, stages } = options;
  const first = scaled(FILTERS, options.width);
  const net = new NetworkBuilder(inputShape);
  const convolution = (x: number, filters: number, kernelSize: number, strides: number): number =>
    net.add(normalization(options.normalization), net.add(conv2d({ filters, kernelSize, strides, useBias: false }), x));
  const rectify = (x: number): number => net.add(relu(), x);

  const branches = {
    basic: (x: number, filters: number, strides: number) => convolution(rectify(convolution(x, filters, 3, strides)), filters, 3, 1),
    bottleneck: (x: number, filters: number, strides: number) =>
      convolution(rectify(convolution(rectify(convolution(x, filters, 1, 1)), filters, 3, strides)), EXPANSION * filters, 1, 1),
  };
  const residual = (x: number, filters: number, strides: number): number => {
    const y = branches[block](x, filters, strides);
    const channels = net.shape(y)[2];
    const sameShape = strides === 1 && net.shape(x)[2] === channels;
    return rectify(net.add(add(), sameShape ? x : convolution(x, channels, 1, strides), y));
  };

  let x = rectify(convolution(net.input, first, 7, 2));
  x = net.add(maxPooling2d({ poolSize: 3, strides: 2 }), x);
  for (const [stage, blocks] of stages.entries())
    for (let i = 0; i < blocks; i++) x = residual(x, first * 2 ** stage, stage > 0 && i === 0 ? 2 : 1);
  net.add(dense({ units: classes }), net.add(globalAveragePooling2d(), x));
  return net.build();
}
