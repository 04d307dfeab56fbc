// Dice loss of masks, for each picture by itself: 1 − (2 Σ p t + s) ÷ (Σ p + Σ t + s), the mean over its channels.
import { add, div, mean, mul, reshape, sigmoid, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../objective';
import { sampleSums, samplesOf } from '../positions';
import { notMasked, unmasked } from './elementwise';

export interface DiceSettings {
  /** s, in pixels: what an empty mask found empty is measured with. */
  smooth?: number;
}

/** [n, channels] of logits and masks [n, …, channels], over the axes that `axes` names of [n, positions, channels]. */
export function diceOf(output: Tensor, target: Tensor, smooth: number, axes: number[] = [1]): Tensor {
  const flat = (x: Tensor): Tensor => reshape(x, [x.shape[0], -1, x.shape[x.rank - 1]]);
  const counts = flat(notMasked(target));
  const [p, t] = [mul(sigmoid(flat(output)), counts), mul(flat(unmasked(target)), counts)];
  const both = sum(mul(p, t), axes);
  return div(add(mul(both, 2), smooth), add(add(sum(p, axes), sum(t, axes)), smooth));
}

/** Outputs are logits [n, h, w, c]; targets 0 to 1 of the same shape, below 0 where masked. A picture that is masked whole has no weight. */
export const dice = ({ smooth = 1 }: DiceSettings = {}): Loss => ({
  name: 'Dice loss',
  targets: (output) => [{ shape: output, dtype: 'float32' }],
  sum: (output, [target], sampleWeights) =>
    sampleSums(mean(sub(1, diceOf(output, target, smooth)), 1), sampleWeights, samplesOf(notMasked(target))),
});
