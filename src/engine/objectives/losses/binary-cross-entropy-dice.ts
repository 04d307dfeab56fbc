// Binary cross-entropy plus Dice, both for each picture by itself: the usual loss of masks.
import { add, mean, mul, sub, sum } from '@tensorflow/tfjs-core';
import type { Loss } from '../objective';
import { sampleSums, samplesOf, share } from '../positions';
import { BINARY_CROSS_ENTROPY } from './binary-cross-entropy';
import { diceOf, type DiceSettings } from './dice';
import { applyRule, notMasked, unmasked } from './elementwise';

/** As dice.ts; a picture's cross-entropy is the mean over its pixels that are not masked. */
export const binaryCrossEntropyDice = ({ smooth = 1 }: DiceSettings = {}): Loss => ({
  name: 'binary cross-entropy + Dice',
  targets: (output) => [{ shape: output, dtype: 'float32' }],
  sum: (output, [target], sampleWeights) => {
    const counts = samplesOf(notMasked(target));
    const entropies = samplesOf(applyRule(BINARY_CROSS_ENTROPY, output, unmasked(target)));
    const entropy = share(sum(mul(entropies, counts), 1), sum(counts, 1));
    return sampleSums(add(entropy, mean(sub(1, diceOf(output, target, smooth)), 1)), sampleWeights, counts);
  },
});
