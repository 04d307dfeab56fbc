// Softmax cross-entropy of class indices, for each sample or each pixel: classes that exclude each other.
import { add, cast, fill, mul, notEqual, reshape, sum, tensor1d, type Scalar, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import { softmaxCrossEntropy as crossEntropyRows } from '../../kernels/fused';
import type { Loss, LossSum } from '../objective';
import { hotRows, reduce, rowsOf, share, type Reduction } from '../positions';

export interface ClassLossSettings {
  /** One for each class; the loss then divides by the summed weights of the targets, as PyTorch does. */
  classWeights?: readonly number[];
  /** Pixels with this index in their mask count nothing. */
  ignore?: number;
  reduction?: Reduction;
}

export interface SoftmaxCrossEntropySettings extends ClassLossSettings {
  /** ε of Szegedy et al. (2016): the target is 1 − ε + ε ÷ C for the class and ε ÷ C for the others. */
  labelSmoothing?: number;
}

/** Outputs [n, C] with targets [n], or [n, h, w, C] with [n, h, w]. */
export function softmaxCrossEntropy(settings: SoftmaxCrossEntropySettings = {}): Loss {
  return {
    name: 'softmax cross-entropy',
    targets: (output) => [{ shape: output.slice(0, -1), dtype: 'int32' }],
    sum: (output, [labels], sampleWeights) => classLossSum(output, labels, sampleWeights, settings),
  };
}

/** @param shaped what becomes of each row's cross-entropy, [rows] → [rows] */
export function classLossSum(
  output: Tensor,
  labels: Tensor,
  sampleWeights: Tensor1D,
  { classWeights, ignore, labelSmoothing = 0, reduction = 'position' }: SoftmaxCrossEntropySettings,
  shaped: (losses: Tensor) => Tensor = (losses) => losses,
): LossSum {
  const rows = rowsOf(output);
  const classes = rows.shape[1]!;
  const smoothed = (hot: Tensor): Tensor => (labelSmoothing > 0 ? add(mul(hot, 1 - labelSmoothing), labelSmoothing / classes) : hot);
  if (!classWeights && ignore === undefined && output.rank === 2) {
    // What nearly every run does, in as few ops as it takes.
    const losses = shaped(crossEntropyRows(rows, smoothed(hotRows(labels, classes))));
    return { sum: sum(mul(losses, sampleWeights)) as Scalar, weight: sum(sampleWeights) as Scalar };
  }
  const perSample = (x: Tensor): Tensor => reshape(x, [output.shape[0], -1]);
  const counts = ignore === undefined ? fill([rows.shape[0]], 1) : cast(notEqual(reshape(labels, [-1]), ignore), 'float32');
  // An index beyond the classes is written beyond the row by TF.js' WASM kernel.
  const known = ignore === undefined ? labels : cast(mul(cast(reshape(labels, [-1]), 'float32'), counts), 'int32');
  const hot = hotRows(known, classes);
  if (!classWeights) {
    const losses = shaped(crossEntropyRows(rows, smoothed(hot)));
    return reduce({ losses: perSample(losses), weights: perSample(counts) }, sampleWeights, reduction);
  }
  const weightOf = tensor1d([...classWeights], 'float32');
  // Weighted targets do not sum to 1, which the kernel's slope takes for granted: the sum is taken out and becomes the row's weight.
  const target = mul(smoothed(hot), weightOf);
  const total = sum(target, -1, true);
  const losses = shaped(crossEntropyRows(rows, share(target, total)));
  const weights = perSample(mul(reshape(total, [-1]), counts));
  const counted = perSample(mul(sum(mul(hot, weightOf), -1), counts));
  return reduce({ losses: perSample(losses), weights, counted }, sampleWeights, reduction);
}
