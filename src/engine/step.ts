// One micro-batch as a pure function: tensors in, tensors out. The gradient of the loss *sum* is added to the accumulator;
// nothing is divided here (update.ts owns the divisor), so slices of any size and weight add up exactly.
import { add, cast, engine, keep, mul, oneHot, slice, sum, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { softmaxCrossEntropy } from './kernels/fused';
import type { BatchStatistics } from './layers/layer';
import { runNetwork, type Network } from './network';
import { noiseByLayer, noiseSpecs } from './noise';
import type { TensorFunction, TensorSpec } from './runtime';
import { pool, statisticsPlaces } from './statistics';
import { TOTALS_LENGTH, totalsOf } from './totals';

/** Pictures arrive as bytes' values, 0 to 255; the network sees 0 to 1. */
export const PIXEL_SCALE = 1 / 255;

const float = (shape: readonly number[]): TensorSpec => ({ shape: [...shape], dtype: 'float32' });

/** Shapes of x [n, h, w, c], labels [n] and sample weights [n]. */
export const sampleSpecs = (network: Network, n: number): TensorSpec[] => [
  float([n, ...network.inputShape]),
  { shape: [n], dtype: 'int32' },
  float([n]),
];

/** What a mini-batch carries from piece to piece: totals [4], a gradient sum for each trainable weight, mean and squares of each BatchNorm. */
export const carrySpecs = (network: Network): TensorSpec[] => [
  float([TOTALS_LENGTH]),
  ...network.weights.filter((w) => w.trainable).map((w) => float(w.shape)),
  ...statisticsPlaces(network).flatMap(({ channels }) => [float([channels]), float([channels])]),
];

export const weightSpecs = (network: Network): TensorSpec[] => network.weights.map((w) => float(w.shape));

/** The loss of every sample, [n]. */
const sampleLosses = (logits: Tensor, labels: Tensor, classes: number): Tensor =>
  // As float32 directly, the WASM kernel of tfjs 4.22 writes the bits of integers.
  softmaxCrossEntropy(logits, cast(oneHot(labels, classes), 'float32'));

/** [x, labels, sampleWeights, ...noise, ...carry, ...weights] → [...carry] with this micro-batch added. */
export const microBatchStep = (network: Network): TensorFunction => {
  const trainable = network.weights.flatMap((w, i) => (w.trainable ? [i] : []));
  const places = statisticsPlaces(network);

  const noises = noiseSpecs(network, 1).length;

  return ([x, labels, sampleWeights, ...given]) => {
    const noise = noiseByLayer(network, given);
    const [totals, ...rest] = given.slice(noises);
    const accumulators = rest.slice(0, trainable.length);
    const pooled = rest.slice(trainable.length, trainable.length + 2 * places.length);
    const weights = rest.slice(trainable.length + 2 * places.length);
    const statistics: BatchStatistics[] = [];
    // Tensors made while the tape records are gone when it ends, unless kept.
    const kept: Tensor[] = [];
    const keeping = <T extends Tensor>(tensor: T): T => {
      kept.push(keep(tensor));
      return tensor;
    };
    try {
      const { value: lossSum, grads } = engine().gradients(
        () => {
          const logits = runNetwork(network, mul(x, PIXEL_SCALE), weights, {
            training: true,
            noise,
            onBatchStatistics: (s) => statistics.push({ ...s, mean: keeping(s.mean), variance: keeping(s.variance) }),
          });
          const losses = sampleLosses(keeping(logits), labels, network.classes);
          return sum(mul(losses, sampleWeights)) as Scalar;
        },
        trainable.map((i) => weights[i]),
      );
      const logits = kept[kept.length - 1];
      const before = slice(totals, [TOTALS_LENGTH - 1], [1]);
      return [
        add(totals, totalsOf(lossSum, logits, labels, sampleWeights)),
        ...grads.map((gradient, i) => add(accumulators[i], gradient)),
        ...statistics.flatMap((s, i) => {
          const seen = mul(before, places[i].positions);
          const { mean, squares } = pool({ mean: pooled[2 * i], squares: pooled[2 * i + 1] }, seen, s);
          return [mean, squares];
        }),
      ];
    } finally {
      for (const tensor of kept) tensor.dispose();
    }
  };
};

/** [x, labels, sampleWeights, totals, ...weights] → [totals] with these samples added, in inference mode. */
export const evaluationStep =
  (network: Network): TensorFunction =>
  ([x, labels, sampleWeights, totals, ...weights]) => {
    const logits = runNetwork(network, mul(x, PIXEL_SCALE), weights, { training: false, onBatchStatistics: () => {} });
    const lossSum = sum(mul(sampleLosses(logits, labels, network.classes), sampleWeights));
    return [add(totals, totalsOf(lossSum, logits, labels, sampleWeights))];
  };
