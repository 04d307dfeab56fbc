// U-Net (Ronneberger, Fischer and Brox 2015) with padding and BatchNorm, as Buda et al. (2019) have it: 7,763,041 parameters with 32 filters
// in the first block, 3 channels and 1 output; 1,942,577 with the 16 used here, light enough for 128 px on a processor.
import type { ModelSettings } from '#shared/model-settings';
import { concatenate } from '../layers/concatenate';
import { conv2d } from '../layers/conv-2d';
import { conv2dTranspose } from '../layers/conv-2d-transpose';
import { depthwiseConv2d } from '../layers/depthwise-conv-2d';
import type { Shape } from '../layers/layer';
import { maxPooling2d } from '../layers/max-pooling-2d';
import { normalization } from '../layers/normalization';
import { relu } from '../layers/relu';
import { NetworkBuilder, type Network } from '../network';
import { scaled } from './width';

/** Times the picture is halved. */
const DEPTH = 4;

export interface UNetOptions extends ModelSettings {
  /** Convolutions but the first by channel, then across channels: far fewer weights and products. */
  separable?: boolean;
}

/**
 * Logits [height, width, outputs], one a pixel and mask.
 * @throws RangeError when height or width is no multiple of 16
 */
export function uNet([height, width, channels]: Shape, outputs: number, filters = 16, options: UNetOptions = {}): Network {
  if (height % 2 ** DEPTH !== 0 || width % 2 ** DEPTH !== 0)
    throw new RangeError(`A U-Net takes pictures whose sides are multiples of ${2 ** DEPTH}, not ${width} × ${height}. Resize them first.`);
  const first = scaled(filters, options.width);
  const net = new NetworkBuilder([height, width, channels]);
  const convolve = (x: number, units: number): number => {
    if (!options.separable || x === net.input) return net.add(conv2d({ filters: units, kernelSize: 3, useBias: false }), x);
    const byChannel = net.add(depthwiseConv2d({ kernelSize: 3, useBias: false }), x);
    return net.add(conv2d({ filters: units, kernelSize: 1, useBias: false }), byChannel);
  };
  const convolution = (x: number, units: number): number =>
    net.add(relu(), net.add(normalization(options.normalization), convolve(x, units)));
  const block = (x: number, units: number): number => convolution(convolution(x, units), units);

  const skips: number[] = [];
  let x = net.input;
  for (let level = 0; level < DEPTH; level++) {
    skips.push(block(x, first * 2 ** level));
    x = net.add(maxPooling2d({ poolSize: 2, strides: 2 }), skips[level]);
  }
  x = block(x, first * 2 ** DEPTH);
  for (let level = DEPTH - 1; level >= 0; level--) {
    const units = first * 2 ** level;
    x = net.add(conv2dTranspose({ filters: units, kernelSize: 2, strides: 2 }), x);
    x = block(net.add(concatenate(), x, skips[level]), units);
  }
  net.add(conv2d({ filters: outputs, kernelSize: 1 }), x);
  return net.build();
}
