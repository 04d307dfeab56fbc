// EfficientNet-Lite0 (Google 2020, after Tan and Le 2019): EfficientNet-B0 for phones, with ReLU6 and without squeeze and excitation.
// 4,652,008 parameters at 1,000 classes, BatchNorm's scales and offsets counted, its 42,016 running statistics not. "same" padding is
// TensorFlow's, as in the published weights. Theirs is BatchNorm's ε too; its running averages move as everywhere here (0.9, not 0.99).
// The published dropout of 0.2 in front of the last layer is a run's setting.
import type { ModelSettings } from '#shared/model-settings';
import { conv2d } from '../layers/conv-2d';
import { dense } from '../layers/dense';
import { globalAveragePooling2d } from '../layers/global-average-pooling-2d';
import type { Shape } from '../layers/layer';
import { rescaling } from '../layers/rescaling';
import { NetworkBuilder, type Network } from '../network';
import { invertedResiduals, pointwise } from './inverted-residual';
import { scaled } from './width';

/** Expansion, output channels, repetitions, stride of the first of them, kernel size. */
const BLOCKS = [
  [1, 16, 1, 1, 3],
  [6, 24, 2, 2, 3],
  [6, 40, 2, 2, 5],
  [6, 80, 3, 2, 3],
  [6, 112, 3, 1, 5],
  [6, 192, 4, 2, 5],
  [6, 320, 1, 1, 3],
] as const;

/** Bytes are seen as (byte − 127) ÷ 128; they come as shares of 255. */
const INPUT = { scale: 255 / 128, offset: -127 / 128 };

export function efficientNetLite0(inputShape: Shape, classes: number, options: ModelSettings = {}): Network {
  const net = new NetworkBuilder(inputShape);
  const { rectified, block } = invertedResiduals(net, options);
  const scale = (filters: number): number => scaled(filters, options.width);

  let x = net.add(rescaling(INPUT), net.input);
  x = rectified(x, conv2d({ filters: scale(32), kernelSize: 3, strides: 2, useBias: false }));
  for (const [expansion, filters, count, strides, kernelSize] of BLOCKS)
    for (let i = 0; i < count; i++) x = block(x, { expansion, filters: scale(filters), strides: i === 0 ? strides : 1, kernelSize });
  x = rectified(x, pointwise(1280));
  net.add(dense({ units: classes }), net.add(globalAveragePooling2d(), x));
  return net.build();
}
