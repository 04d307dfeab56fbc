// Losses of each output with a target of its own: the mean over all of them that are not masked.
import { cast, customGrad, fill, greaterEqual, maximum, mul, tensor1d, type GradSaveFunc, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../objective';
import { reduce, samplesOf, type Reduction } from '../positions';

export interface ElementwiseSettings {
  reduction?: Reduction;
}

/** Value and slope in the output, both of the shape of output and target. The slope is given because the tape's own would be longer or cancel. */
export interface ElementwiseRule {
  value(output: Tensor, target: Tensor): Tensor;
  slope(output: Tensor, target: Tensor): Tensor;
}

/** @param target [n, …] like the output; no gradient flows into it */
export const applyRule = (rule: ElementwiseRule, output: Tensor, target: Tensor): Tensor =>
  customGrad((...args: (Tensor | GradSaveFunc)[]) => {
    const [x, save] = args as [Tensor, GradSaveFunc];
    save([x, target]);
    return { value: rule.value(x, target), gradFunc: (dy: Tensor, [a, t]: Tensor[]) => mul(dy, rule.slope(a, t)) };
  })(output);

/** 1 where a multi-hot row or mask says yes or no, 0 where it is below 0: masked. */
export const notMasked = (target: Tensor): Tensor => cast(greaterEqual(target, 0), 'float32');
/** Targets with what is masked as 0. */
export const unmasked = (target: Tensor): Tensor => maximum(target, 0);

/** A loss of values, [n, …] beside targets [n, …]. */
export const valueLoss = (name: string, rule: ElementwiseRule, { reduction = 'position' }: ElementwiseSettings = {}): Loss => ({
  name,
  targets: (output) => [{ shape: output, dtype: 'float32' }],
  sum: (output, [target], sampleWeights) => {
    const losses = samplesOf(applyRule(rule, output, target));
    return reduce({ losses, weights: fill(losses.shape, 1) }, sampleWeights, reduction);
  },
});

export interface YesNoSettings extends ElementwiseSettings {
  /** One for each output; the loss then divides by the summed weights. */
  outputWeights?: readonly number[];
}

/** A loss of yes or no for each output, as logits; targets 0 to 1, below 0 where masked. */
export const yesNoLoss = (name: string, rule: ElementwiseRule, { reduction = 'position', outputWeights }: YesNoSettings = {}): Loss => ({
  name,
  targets: (output) => [{ shape: output, dtype: 'float32' }],
  sum: (output, [target], sampleWeights) => {
    const counts = notMasked(target);
    const weights = outputWeights ? mul(counts, tensor1d([...outputWeights], 'float32')) : counts;
    const losses = samplesOf(applyRule(rule, output, unmasked(target)));
    return reduce({ losses, weights: samplesOf(weights) }, sampleWeights, reduction);
  },
});
