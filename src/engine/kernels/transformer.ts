// GELU and layer normalization with gradients that keep little: GELU its input alone, layer normalization its input and two numbers a row.
import {
  add,
  customGrad,
  erf,
  exp,
  mean,
  mul,
  reshape,
  rsqrt,
  square,
  sub,
  sum,
  type GradSaveFunc,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';

/** P(X ≤ x) of a standard normal X. */
const normalShare = (x: Tensor): Tensor => mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5);

/** x · P(X ≤ x) (Hendrycks and Gimpel 2016, arXiv 1606.08415), exact, not the tanh approximation; differentiable. */
export const gelu = (x: Tensor): Tensor =>
  customGrad((...args: (Tensor | GradSaveFunc)[]) => {
    const input = args[0] as Tensor;
    (args[1] as GradSaveFunc)([input]);
    return {
      value: mul(input, normalShare(input)),
      gradFunc: (dy: Tensor, [saved]: Tensor[]) => {
        const density = mul(exp(mul(square(saved), -0.5)), 1 / Math.sqrt(2 * Math.PI));
        return mul(dy, add(normalShare(saved), mul(saved, density)));
      },
    };
  })(x);

/** Rows of x [..., features] to mean 0 and variance 1, then scaled and shifted by feature (Ba et al. 2016, arXiv 1607.06450); differentiable in all three. */
export const layerNorm = (x: Tensor, scale: Tensor1D, offset: Tensor1D, epsilon: number): Tensor =>
  customGrad((...args: (Tensor | GradSaveFunc)[]) => {
    const [input, gamma, beta] = args as Tensor[];
    const features = gamma.size;
    const rows = reshape(input, [-1, features]);
    const average = mean(rows, 1, true);
    const centred = sub(rows, average);
    const inverse = rsqrt(add(mean(square(centred), 1, true), epsilon));
    (args[3] as GradSaveFunc)([input, gamma, average, inverse]);
    return {
      value: reshape(add(mul(mul(centred, inverse), gamma), beta), input.shape),
      gradFunc: (dy: Tensor, [savedInput, savedGamma, savedAverage, savedInverse]: Tensor[]) => {
        const slope = reshape(dy, [-1, features]);
        const normal = mul(sub(reshape(savedInput, [-1, features]), savedAverage), savedInverse);
        const inner = mul(slope, savedGamma);
        const along = mul(normal, mean(mul(inner, normal), 1, true));
        const dx = mul(sub(sub(inner, mean(inner, 1, true)), along), savedInverse);
        return [reshape(dx, savedInput.shape), sum(mul(slope, normal), 0), sum(slope, 0)];
      },
    };
  })(x, scale, offset);
