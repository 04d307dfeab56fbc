// Focal loss (Lin et al. 2017) of yes or no for each output: α_t (1 − p_t)^γ × binary cross-entropy, of logits.
import { abs, add, exp, log1p, mul, neg, pow, relu, sigmoid, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../objective';
import { yesNoLoss, type ElementwiseRule, type YesNoSettings } from './elementwise';
import type { FocalSettings } from './softmax-focal';

export interface SigmoidFocalSettings extends FocalSettings, YesNoSettings {
  /** α of a yes, 1 − α of a no; below 0 for neither. */
  alpha?: number;
}

/** log(1 + eᶻ). */
const softplus = (z: Tensor): Tensor => add(relu(z), log1p(exp(neg(abs(z)))));

/** Targets 0 or 1. With z the logit towards the target: p_t = σ(z), 1 − p_t = σ(−z), −log p_t = softplus(−z), none of which cancels. */
const rule = (gamma: number, alpha: number): ElementwiseRule => {
  const side = (t: Tensor): Tensor => sub(mul(t, 2), 1);
  const balance = (t: Tensor): Tensor => (alpha < 0 ? add(mul(t, 0), 1) : add(mul(t, 2 * alpha - 1), 1 - alpha));
  return {
    value: (x, t) => {
      const away = neg(mul(x, side(t)));
      return mul(balance(t), mul(pow(sigmoid(away), gamma), softplus(away)));
    },
    slope: (x, t) => {
      const towards = mul(x, side(t));
      const away = neg(towards);
      const wrong = sigmoid(away);
      // d/dz of (1 − p)^γ (−log p) = −(1 − p)^γ (γ p (−log p) + 1 − p)
      const steep = add(mul(mul(sigmoid(towards), softplus(away)), gamma), wrong);
      return neg(mul(mul(side(t), balance(t)), mul(pow(wrong, gamma), steep)));
    },
  };
};

export const sigmoidFocal = ({ gamma = 2, alpha = 0.25, ...settings }: SigmoidFocalSettings = {}): Loss =>
  yesNoLoss('focal loss', rule(gamma, alpha), settings);
