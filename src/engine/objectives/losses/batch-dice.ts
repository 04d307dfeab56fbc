// Dice loss over all pictures of a mini-batch at once. It is no sum of its pictures' losses, so no way of cutting the mini-batch keeps it.
import { mean, mul, sub, sum, type Scalar } from '@tensorflow/tfjs-core';
import type { Loss } from '../objective';
import { diceOf, type DiceSettings } from './dice';

/** As dice.ts; sample weights only make its denominator. */
export const batchDice = ({ smooth = 1 }: DiceSettings = {}): Loss => ({
  name: 'Dice loss over the batch',
  targets: (output) => [{ shape: output, dtype: 'float32' }],
  sum: (output, [target], sampleWeights) => {
    const weight = sum(sampleWeights) as Scalar;
    return { sum: mul(mean(sub(1, diceOf(output, target, smooth, [0, 1]))), weight) as Scalar, weight };
  },
  wholeBatchOnly: {
    because: 'the Dice loss over the batch looks at all pictures of a batch at once',
    remedy: 'choose the Dice loss for each picture',
  },
});
