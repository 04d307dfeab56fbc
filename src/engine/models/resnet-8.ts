// ResNet-8 of MLPerf Tiny (Banbury et al. 2021, its image classification at 32 × 32 × 3): three stages of one basic block, skips without
// BatchNorm. 78,666 parameters there; here 240 less, the biases in front of BatchNorm, which takes them away again.
import type { ModelSettings } from '#shared/model-settings';
import { add } from '../layers/add';
import { conv2d } from '../layers/conv-2d';
import { dense } from '../layers/dense';
import { globalAveragePooling2d } from '../layers/global-average-pooling-2d';
import type { Shape } from '../layers/layer';
import { normalization } from '../layers/normalization';
import { relu } from '../layers/relu';
import { NetworkBuilder, type Network } from '../network';

export function resnet8(inputShape: Shape, classes: number, options: ModelSettings = {}): Network {
  const net = new NetworkBuilder(inputShape);
  const convolution = (x: number, filters: number, strides: number): number =>
    net.add(normalization(options.normalization), net.add(conv2d({ filters, kernelSize: 3, strides, useBias: false }), x));
  const rectify = (x: number): number => net.add(relu(), x);

  const block = (x: number, filters: number, strides: number): number => {
    const y = convolution(rectify(convolution(x, filters, strides)), filters, 1);
    const skip = strides === 1 ? x : net.add(conv2d({ filters, kernelSize: 1, strides }), x);
    return rectify(net.add(add(), skip, y));
  };

  const stem = rectify(convolution(net.input, 16, 1));
  const x = block(block(block(stem, 16, 1), 32, 2), 64, 2);
  net.add(dense({ units: classes }), net.add(globalAveragePooling2d(), x));
  return net.build();
}
