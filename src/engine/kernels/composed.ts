// The fused kernels of fused.ts composed from stock ops, for backends without one of their own; also the reference in tests.
import {
  add,
  div,
  exp,
  log,
  matMul,
  max,
  mean,
  mul,
  neg,
  registerKernel,
  reshape,
  rsqrt,
  square,
  step,
  sub,
  sum,
  tidy,
  type KernelFunc,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { ACCUMULATE } from './accumulate';
import { BATCH_NORM, BATCH_NORM_GRAD, RELU6_GRAD, RELU_GRAD, SOFTMAX_CROSS_ENTROPY } from './fused';
import { BIAS_ADD, BIAS_ADD_GRAD, MAT_MUL } from './linear';
import { composedPool, POOL_STATISTICS, type PoolInputs } from './pool-statistics';

type Inputs = Record<string, Tensor>;
type Attributes = Record<string, number>;

/** Channels last: everything but the channel becomes one axis, so that each reduction is one pass. */
const rows = (x: Tensor): Tensor => reshape(x, [-1, x.shape[x.rank - 1]]);

const kernels: Record<string, (inputs: Inputs, attributes: Attributes) => Tensor[]> = {
  [ACCUMULATE]: ({ sum: given, gradient }) => [add(given, gradient)],

  [RELU_GRAD]: ({ dy, y }) => [mul(dy, step(y))],

  [RELU6_GRAD]: ({ dy, y }) => [mul(dy, mul(step(y), step(sub(6, y))))],

  [BATCH_NORM]: ({ x, scale, offset }, { epsilon }) => {
    const flat = rows(x);
    const average = mean(flat, 0);
    const centred = sub(flat, average);
    const variance = mean(square(centred), 0);
    const inverse = rsqrt(add(variance, epsilon));
    const y = add(mul(centred, mul(inverse, scale)), offset);
    return [reshape(y, x.shape), average, variance, add(average, 0), inverse, add(variance, 0)];
  },

  [BATCH_NORM_GRAD]: ({ dy, x, scale, saved0: average, saved1: inverse }) => {
    const slope = rows(dy);
    const normal = mul(sub(rows(x), average), inverse);
    const count = normal.shape[0];
    const offsetSlope = sum(slope, 0);
    const scaleSlope = sum(mul(slope, normal), 0);
    const rest = sub(sub(slope, div(offsetSlope, count)), mul(normal, div(scaleSlope, count)));
    return [reshape(mul(rest, mul(scale, inverse)), x.shape), scaleSlope, offsetSlope];
  },

  [SOFTMAX_CROSS_ENTROPY]: ({ logits, labels }) => {
    const shifted = sub(logits, max(logits, -1, true));
    const powers = exp(shifted);
    const total = sum(powers, -1, true);
    const loss = neg(sum(mul(labels, sub(shifted, log(total))), -1));
    return [loss, sub(div(powers, total), labels)];
  },

  [MAT_MUL]: ({ a, b }, { transposeA, transposeB }) => [matMul(a as Tensor2D, b as Tensor2D, transposeA === 1, transposeB === 1)],

  [BIAS_ADD]: ({ x, bias }) => [add(x, bias)],

  [BIAS_ADD_GRAD]: ({ dy }) => [sum(rows(dy), 0)],

  [POOL_STATISTICS]: (inputs, { positions, count }) => composedPool(inputs as PoolInputs, positions, count),
};

export function registerComposedKernels(backendName: string): void {
  for (const [kernelName, compute] of Object.entries(kernels)) {
    const kernelFunc: KernelFunc = ({ inputs, attrs }) =>
      tidy(() => compute(inputs as unknown as Inputs, (attrs ?? {}) as unknown as Attributes));
    registerKernel({ kernelName, backendName, kernelFunc });
  }
}
