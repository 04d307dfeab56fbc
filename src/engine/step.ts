// One micro-batch as a pure function: tensors in, tensors out. The gradient of the loss *sum* is added to the accumulator;
// nothing is divided here (update.ts owns the divisor), so slices of any size and weight add up exactly.
import { clone, keep, mul, type Scalar, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import { accumulateInto } from './kernels/accumulate';
import type { BatchStatistics, CallContext } from './layers/layer';
import { isScaled } from './loss-scale';
import { runNetwork, type Network } from './network';
import { networkGradients } from './network-gradients';
import { noiseByLayer, noiseSpecs } from './noise';
import { CLASSES } from './objectives/classes';
import type { Metric, Objective } from './objectives/objective';
import type { TensorFunction, TensorSpec } from './runtime';
import { pool, statisticsPlaces } from './statistics';
import { addPiece, samplesOf, totalsLength } from './totals';

/** Pictures arrive as bytes' values, 0 to 255; the network sees 0 to 1. */
export const PIXEL_SCALE = 1 / 255;

/** What the first layer sees of a sample. */
export const scaledInput = ({ inputScale = PIXEL_SCALE }: Network, x: Tensor): Tensor => mul(x, inputScale);

const float = (shape: readonly number[]): TensorSpec => ({ shape: [...shape], dtype: 'float32' });

/** Shapes of x [n, h, w, c], the objective's targets [n, …] and sample weights [n]. */
export const sampleSpecs = (network: Network, n: number, { loss }: Objective = CLASSES): TensorSpec[] => [
  float([n, ...network.inputShape]),
  ...loss.targets(network.outputShape).map(({ shape, dtype }): TensorSpec => ({ shape: [n, ...shape], dtype })),
  float([n]),
];

export const totalsSpec = (network: Network, metrics: readonly Metric[]): TensorSpec => float([totalsLength(metrics, network.outputShape)]);

/** What a mini-batch carries from piece to piece: totals, a gradient sum for each trainable weight, mean and squares of each BatchNorm. */
export const carrySpecs = (network: Network, { stepMetrics }: Objective = CLASSES): TensorSpec[] => [
  totalsSpec(network, stepMetrics),
  ...network.weights.filter((w) => w.trainable).map((w) => float(w.shape)),
  ...statisticsPlaces(network).flatMap(({ channels }) => [float([channels]), float([channels])]),
];

export const weightSpecs = (network: Network): TensorSpec[] => network.weights.map((w) => float(w.shape));

/** What a step takes behind the weights: the scale of the loss, where it has one. */
export const scaleSpecs = (network: Network): TensorSpec[] => (isScaled(network) ? [float([])] : []);

/**
 * [x, ...targets, sampleWeights, ...noise, ...carry, ...weights, ...scale] → [...carry] with this micro-batch added, its gradient times
 * the scale. The gradient sums given are spent.
 */
export const microBatchStep = (network: Network, { loss, stepMetrics }: Objective = CLASSES): TensorFunction => {
  const trainable = network.weights.flatMap((w, i) => (w.trainable ? [i] : []));
  const places = statisticsPlaces(network);
  const targetCount = loss.targets(network.outputShape).length;

  const noises = noiseSpecs(network, 1).length;
  const scales = scaleSpecs(network).length;

  return ([x, ...others]) => {
    const targets = others.slice(0, targetCount);
    const [sampleWeights, ...given] = others.slice(targetCount);
    const noise = noiseByLayer(network, given);
    const [totals, ...rest] = given.slice(noises);
    const accumulators = rest.slice(0, trainable.length);
    const pooled = rest.slice(trainable.length, trainable.length + 2 * places.length);
    const weights = rest.slice(trainable.length + 2 * places.length, rest.length - scales);
    const [scale] = rest.slice(rest.length - scales);
    const statistics: BatchStatistics[] = [];
    // Tensors made while the tape records are gone when it ends, unless kept.
    const kept: Tensor[] = [];
    const keeping = <T extends Tensor>(tensor: T): T => {
      kept.push(keep(tensor));
      return tensor;
    };
    try {
      const context: CallContext = {
        training: true,
        noise,
        frozenStatistics: network.batchNorm === 'frozen',
        onBatchStatistics: (s) => statistics.push({ ...s, mean: keeping(s.mean), variance: keeping(s.variance) }),
      };
      const lossOf = (output: Tensor): Scalar => {
        const { sum: lossSum, weight } = loss.sum(keeping(output), targets, sampleWeights as Tensor1D);
        keeping(weight);
        return lossSum;
      };
      const lossGradient = scale ? () => clone(scale) : undefined;
      const input = (): Tensor => scaledInput(network, x);
      const { value: sum, grads } = networkGradients(network, input, weights, trainable, context, lossOf, lossGradient);
      const [output, weight] = kept.slice(-2);
      const before = samplesOf(totals);
      return [
        addPiece(totals, stepMetrics, { sum, weight: weight as Scalar }, output, targets),
        ...grads.map((gradient, i) => {
          const gathered = accumulateInto(accumulators[i], gradient);
          gradient.dispose();
          return gathered;
        }),
        ...statistics.flatMap((s, i) => {
          const { mean, squares } = pool({ mean: pooled[2 * i], squares: pooled[2 * i + 1] }, before, places[i].positions, s);
          return [mean, squares];
        }),
      ];
    } finally {
      for (const tensor of kept) tensor.dispose();
    }
  };
};

/** [x, ...targets, sampleWeights, totals, ...weights] → [totals] with these samples added, in inference mode. */
export const evaluationStep = (network: Network, { loss, evaluationMetrics }: Objective = CLASSES): TensorFunction => {
  const targetCount = loss.targets(network.outputShape).length;
  return ([x, ...others]) => {
    const targets = others.slice(0, targetCount);
    const [sampleWeights, totals, ...weights] = others.slice(targetCount);
    const output = runNetwork(network, scaledInput(network, x), weights, { training: false, onBatchStatistics: () => {} });
    return [addPiece(totals, evaluationMetrics, loss.sum(output, targets, sampleWeights as Tensor1D), output, targets)];
  };
};
