// MobileNetV2 (Sandler et al. 2018): inverted residual blocks of 1 × 1 expansion, depthwise 3 × 3 and linear 1 × 1 convolution.
// 3,504,872 trainable parameters at 1,000 classes, as in Keras and torchvision; no dropout in front of the last layer, as in Keras.
import type { ModelSettings } from '#shared/model-settings';
import { conv2d } from '../layers/conv-2d';
import { dense } from '../layers/dense';
import { globalAveragePooling2d } from '../layers/global-average-pooling-2d';
import type { Shape } from '../layers/layer';
import { NetworkBuilder, type Network } from '../network';
import { invertedResiduals, pointwise } from './inverted-residual';
import { scaled } from './width';

/** Table 2 of the paper: expansion, output channels, repetitions, stride of the first of them. */
const BLOCKS = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

export function mobileNetV2(inputShape: Shape, classes: number, options: ModelSettings = {}): Network {
  const net = new NetworkBuilder(inputShape);
  const { rectified, block } = invertedResiduals(net, options);
  const scale = (filters: number): number => scaled(filters, options.width);

  let x = rectified(net.input, conv2d({ filters: scale(32), kernelSize: 3, strides: 2, useBias: false }));
  for (const [expansion, filters, count, strides] of BLOCKS)
    for (let i = 0; i < count; i++) x = block(x, { expansion, filters: scale(filters), strides: i === 0 ? strides : 1, kernelSize: 3 });
  x = rectified(x, pointwise(1280));
  net.add(dense({ units: classes }), net.add(globalAveragePooling2d(), x));
  return net.build();
}
