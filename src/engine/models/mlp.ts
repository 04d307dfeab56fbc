// Multi-layer perceptron: hidden layers with ReLU between the sample's numbers and one output a class. For tables (inputShape [features])
// and for very small pictures, which it takes as one row. 85,002 parameters from 64 numbers to 10 classes.
import type { BuiltWith } from '#shared/model-settings';
import { categoryEmbedding } from '../layers/category-embedding';
import { dense } from '../layers/dense';
import { flatten } from '../layers/flatten';
import type { Shape } from '../layers/layer';
import { relu } from '../layers/relu';
import { NetworkBuilder, type Network } from '../network';

const HIDDEN = [256, 256] as const;

export function mlp(inputShape: Shape, classes: number, hidden: readonly number[] = HIDDEN, { embedded = [] }: BuiltWith = {}): Network {
  const net = new NetworkBuilder(inputShape);
  let x = inputShape.length > 1 ? net.add(flatten(), net.input) : net.input;
  if (embedded.length > 0) x = net.add(categoryEmbedding(embedded), x);
  for (const units of hidden) x = net.add(relu(), net.add(dense({ units }), x));
  net.add(dense({ units: classes }), x);
  return net.build();
}
