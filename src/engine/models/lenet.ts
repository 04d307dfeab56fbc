// LeNet-5 (LeCun et al. 1998, "Gradient-based learning applied to document recognition") as it is built today: every unit connected,
// ReLU and max pooling where the paper has a sigmoid and a trained average. 61,706 parameters at 28 × 28 × 1 and 10 classes.
import { conv2d } from '../layers/conv-2d';
import { dense } from '../layers/dense';
import { flatten } from '../layers/flatten';
import type { Shape } from '../layers/layer';
import { maxPooling2d } from '../layers/max-pooling-2d';
import { relu } from '../layers/relu';
import { NetworkBuilder, type Network } from '../network';

const KERNEL = 5;

export function lenet(inputShape: Shape, classes: number): Network {
  const net = new NetworkBuilder(inputShape);
  const block = (x: number, filters: number, padding: 'same' | 'valid'): number =>
    net.add(maxPooling2d({ poolSize: 2, strides: 2 }), net.add(relu(), net.add(conv2d({ filters, kernelSize: KERNEL, padding }), x)));
  const hidden = (x: number, units: number): number => net.add(relu(), net.add(dense({ units }), x));

  let x = block(net.input, 6, 'same');
  // Pictures below 9 pixels leave no whole window.
  x = block(x, 16, Math.min(...net.shape(x).slice(0, 2)) < KERNEL ? 'same' : 'valid');
  x = hidden(hidden(net.add(flatten(), x), 120), 84);
  net.add(dense({ units: classes }), x);
  return net.build();
}
