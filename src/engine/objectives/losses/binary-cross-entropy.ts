// Binary cross-entropy of logits: yes or no for each output by itself; with several outputs it is the multi-label loss.
import { abs, add, exp, log1p, mul, neg, relu, sigmoid, sub } from '@tensorflow/tfjs-core';
import type { Loss } from '../objective';
import { yesNoLoss, type ElementwiseRule, type YesNoSettings } from './elementwise';

/** max(x, 0) − x t + log(1 + e^−|x|): finite for any logit. */
export const BINARY_CROSS_ENTROPY: ElementwiseRule = {
  value: (x, t) => add(sub(relu(x), mul(x, t)), log1p(exp(neg(abs(x))))),
  slope: (x, t) => sub(sigmoid(x), t),
};

/** Outputs and targets [n, k], or masks [n, h, w, c]. */
export const binaryCrossEntropy = (settings: YesNoSettings = {}): Loss => yesNoLoss('binary cross-entropy', BINARY_CROSS_ENTROPY, settings);
