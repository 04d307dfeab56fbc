// Focal loss (Lin et al. 2017) of classes that exclude each other: (1 − p)^γ × cross-entropy, so that what is already right counts little.
import { add, customGrad, div, exp, expm1, maximum, mul, neg, pow, type GradSaveFunc, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../objective';
import { classLossSum, type ClassLossSettings } from './softmax-cross-entropy';

export interface FocalSettings {
  /** γ, 0 or from 1 up; 0 is the cross-entropy itself. */
  gamma?: number;
}

export function softmaxFocal({ gamma = 2, ...settings }: ClassLossSettings & FocalSettings = {}): Loss {
  return {
    name: 'focal loss',
    targets: (output) => [{ shape: output.slice(0, -1), dtype: 'int32' }],
    sum: (output, [labels], sampleWeights) => classLossSum(output, labels, sampleWeights, settings, (losses) => focused(losses, gamma)),
  };
}

/** Cross-entropies ℓ = −log p → (1 − p)^γ ℓ; 1 − p as −expm1(−ℓ), because it would cancel near p = 1. */
const focused = (losses: Tensor, gamma: number): Tensor =>
  customGrad((...args: (Tensor | GradSaveFunc)[]) => {
    const [entropy, save] = args as [Tensor, GradSaveFunc];
    const wrong = neg(expm1(neg(entropy)));
    const factor = pow(wrong, gamma);
    save([entropy, wrong, factor]);
    return {
      value: mul(factor, entropy),
      gradFunc: (dy: Tensor, [l, w, f]: Tensor[]) => {
        const grown = div(mul(mul(exp(neg(l)), l), gamma), maximum(w, 1e-30));
        return mul(dy, mul(f, add(grown, 1)));
      },
    };
  })(losses);
