// ResNet-18 (He et al. 2015), as for ImageNet: a 7 × 7 stem, four stages of two basic blocks, global average pooling.
import { add } from '../layers/add';
import { batchNormalization } from '../layers/batch-normalization';
import { conv2d } from '../layers/conv-2d';
import { dense } from '../layers/dense';
import { globalAveragePooling2d } from '../layers/global-average-pooling-2d';
import type { Shape } from '../layers/layer';
import { maxPooling2d } from '../layers/max-pooling-2d';
import { relu } from '../layers/relu';
import { NetworkBuilder, type Network } from '../network';

export function resnet18(inputShape: Shape, classes: number): Network {
  const net = new NetworkBuilder(inputShape);
  const convolution = (x: number, filters: number, kernelSize: number, strides: number): number =>
    net.add(batchNormalization(), net.add(conv2d({ filters, kernelSize, strides, useBias: false }), x));
  const rectify = (x: number): number => net.add(relu(), x);

  const block = (x: number, filters: number, strides: number): number => {
    const y = convolution(rectify(convolution(x, filters, 3, strides)), filters, 3, 1);
    const sameShape = strides === 1 && net.shape(x)[2] === filters;
    return rectify(net.add(add(), sameShape ? x : convolution(x, filters, 1, strides), y));
  };

  let x = rectify(convolution(net.input, 64, 7, 2));
  x = net.add(maxPooling2d({ poolSize: 3, strides: 2 }), x);
  for (const [stage, filters] of [64, 128, 256, 512].entries()) {
    x = block(x, filters, stage === 0 ? 1 : 2);
    x = block(x, filters, 1);
  }
  net.add(dense({ units: classes }), net.add(globalAveragePooling2d(), x));
  return net.build();
}
