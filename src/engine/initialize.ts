// The weights a network starts from: a function of the seed alone, the same numbers on every engine.
import type { Network } from './network';
import type { WeightSpec } from './layers/layer';
import { randomStream, STREAM, truncatedNormal } from './random';

/** Standard deviation of a normal distribution after it is cut at two standard deviations. */
const CUT_DEVIATION = 0.87962566103423978;

function initialValues({ shape, initializer }: WeightSpec, random: () => number): Float32Array {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  switch (initializer.kind) {
    case 'zeros':
      return values;
    case 'ones':
      return values.fill(1);
    case 'normal':
    case 'he-normal': {
      const draw = truncatedNormal(random);
      const wanted = initializer.kind === 'normal' ? initializer.deviation : Math.sqrt(2 / initializer.fanIn);
      const deviation = wanted / CUT_DEVIATION;
      return values.map(() => draw() * deviation);
    }
    case 'glorot-uniform': {
      const limit = Math.sqrt(6 / (initializer.fanIn + initializer.fanOut));
      return values.map(() => (2 * random() - 1) * limit);
    }
  }
}

/** One array a weight, in the network's order; every weight has a random stream of its own. */
export const initialWeights = (network: Network, seed: number): Float32Array[] =>
  network.weights.map((spec, i) => initialValues(spec, randomStream(seed, STREAM.weights, i)));
