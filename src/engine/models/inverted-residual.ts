// The block of MobileNetV2 (Sandler et al. 2018) and of the nets after it: a 1 × 1 convolution widens, a depthwise one looks around, a linear
// 1 × 1 convolution narrows again; where shapes allow it, what came in is added.
import type { ModelSettings } from '#shared/model-settings';
import { add } from '../layers/add';
import { conv2d } from '../layers/conv-2d';
import { depthwiseConv2d } from '../layers/depthwise-conv-2d';
import type { LayerFactory } from '../layers/layer';
import { normalization } from '../layers/normalization';
import { relu6 } from '../layers/relu6';
import type { NetworkBuilder } from '../network';

export interface InvertedResidual {
  /** How many times wider it is inside. */
  expansion: number;
  filters: number;
  strides: number;
  kernelSize: number;
}

export const pointwise = (filters: number): LayerFactory => conv2d({ filters, kernelSize: 1, useBias: false });

/** What such a net is built of: a layer normalized and rectified, and the block. */
export function invertedResiduals(net: NetworkBuilder, options: ModelSettings) {
  const normalized = (x: number, layer: LayerFactory): number => net.add(normalization(options.normalization), net.add(layer, x));
  const rectified = (x: number, layer: LayerFactory): number => net.add(relu6(), normalized(x, layer));
  const block = (x: number, { expansion, filters, strides, kernelSize }: InvertedResidual): number => {
    const channels = net.shape(x)[2];
    let y = expansion > 1 ? rectified(x, pointwise(expansion * channels)) : x;
    y = rectified(y, depthwiseConv2d({ kernelSize, strides, useBias: false }));
    y = normalized(y, pointwise(filters));
    return strides === 1 && channels === filters ? net.add(add(), x, y) : y;
  };
  return { rectified, block };
}
