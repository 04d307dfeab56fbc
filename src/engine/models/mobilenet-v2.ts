// MobileNetV2 (Sandler et al. 2018): inverted residual blocks of 1 × 1 expansion, depthwise 3 × 3 and linear 1 × 1 convolution.
// 3,504,872 trainable parameters at 1,000 classes, as in Keras and torchvision; no dropout in front of the last layer, as in Keras.
import type { ModelSettings } from '#shared/model-settings';
import { add } from '../layers/add';
import { conv2d } from '../layers/conv-2d';
import { dense } from '../layers/dense';
import { depthwiseConv2d } from '../layers/depthwise-conv-2d';
import { globalAveragePooling2d } from '../layers/global-average-pooling-2d';
import type { LayerFactory, Shape } from '../layers/layer';
import { normalization } from '../layers/normalization';
import { relu6 } from '../layers/relu6';
import { NetworkBuilder, type Network } from '../network';
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
  const scale = (filters: number): number => scaled(filters, options.width);
  const normalized = (x: number, layer: LayerFactory): number => net.add(normalization(options.normalization), net.add(layer, x));
  const rectified = (x: number, layer: LayerFactory): number => net.add(relu6(), normalized(x, layer));
  const pointwise = (filters: number): LayerFactory => conv2d({ filters, kernelSize: 1, useBias: false });

  const block = (x: number, expansion: number, filters: number, strides: number): number => {
    const channels = net.shape(x)[2];
    let y = expansion > 1 ? rectified(x, pointwise(expansion * channels)) : x;
    y = rectified(y, depthwiseConv2d({ kernelSize: 3, strides, useBias: false }));
    y = normalized(y, pointwise(filters));
    return strides === 1 && channels === filters ? net.add(add(), x, y) : y;
  };

  let x = rectified(net.input, conv2d({ filters: scale(32), kernelSize: 3, strides: 2, useBias: false }));
  for (const [expansion, filters, count, strides] of BLOCKS)
    for (let i = 0; i < count; i++) x = block(x, expansion, scale(filters), i === 0 ? strides : 1);
  x = rectified(x, pointwise(1280));
  net.add(dense({ units: classes }), net.add(globalAveragePooling2d(), x));
  return net.build();
}
