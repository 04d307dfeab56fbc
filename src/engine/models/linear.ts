// Linear model: every output a weighted sum of the sample's numbers. Logistic regression for classes, linear regression for a number.
// 650 parameters from 64 numbers to 10 classes.
import { dense } from '../layers/dense';
import { flatten } from '../layers/flatten';
import type { Shape } from '../layers/layer';
import { NetworkBuilder, type Network } from '../network';

export function linear(inputShape: Shape, outputs: number): Network {
  const net = new NetworkBuilder(inputShape);
  net.add(dense({ units: outputs }), inputShape.length > 1 ? net.add(flatten(), net.input) : net.input);
  return net.build();
}
