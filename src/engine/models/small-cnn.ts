// A small convolutional net for small pictures: blocks of convolution and pooling until at most 2 × 2 positions remain.
// No BatchNorm, so that any micro-batch size gives the large batch's result.
import { conv2d } from '../layers/conv-2d';
import { dense } from '../layers/dense';
import { flatten } from '../layers/flatten';
import type { Shape } from '../layers/layer';
import { maxPooling2d } from '../layers/max-pooling-2d';
import { relu } from '../layers/relu';
import { NetworkBuilder, type Network } from '../network';

const WIDEST = 128;

export function smallCnn(inputShape: Shape, classes: number): Network {
  const net = new NetworkBuilder(inputShape);
  let x = net.input;
  for (let filters = 32; filters === 32 || Math.max(...net.shape(x).slice(0, 2)) > 4; filters = Math.min(2 * filters, WIDEST)) {
    x = net.add(relu(), net.add(conv2d({ filters, kernelSize: 3 }), x));
    x = net.add(maxPooling2d({ poolSize: 2, strides: 2 }), x);
  }
  x = net.add(relu(), net.add(conv2d({ filters: 64, kernelSize: 3 }), x));
  x = net.add(maxPooling2d({ poolSize: 2, strides: 2 }), x);
  x = net.add(relu(), net.add(dense({ units: 64 }), net.add(flatten(), x)));
  net.add(dense({ units: classes }), x);
  return net.build();
}
