// The operations we add to TF.js, each one kernel a backend implements: TensorFlow with its own fused ops (tensorflow.ts),
// the others composed from stock ops (composed.ts). Here are their names, their gradients, and functions to call them.
import {
  clone,
  customGrad,
  engine,
  mul,
  reshape,
  zerosLike,
  type GradSaveFunc,
  type NamedTensorMap,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';

/** {dy, y} → [dx]; y is ReLU's output. */
export const RELU_GRAD = 'OverbatchReluGrad';
/** {dy, y} → [dx]; y is ReLU6's output. */
export const RELU6_GRAD = 'OverbatchRelu6Grad';
/** {x: NHWC, scale: [C], offset: [C]}, {epsilon} → [y, mean [C], variance [C] (÷ n), and what the gradient kernel wants, 3 tensors]. */
export const BATCH_NORM = 'OverbatchBatchNorm';
/** {dy, x, scale, saved0, saved1, saved2}, {epsilon} → [dx, dscale, doffset]. */
export const BATCH_NORM_GRAD = 'OverbatchBatchNormGrad';
/** {logits: [n, C], labels: [n, C] summing to 1 a row} → [loss [n], softmax − labels [n, C]]. */
export const SOFTMAX_CROSS_ENTROPY = 'OverbatchSoftmaxCrossEntropy';

const run = (kernel: string, inputs: Record<string, Tensor>, attrs?: Record<string, number>): Tensor[] =>
  engine().runKernel(kernel, inputs as unknown as NamedTensorMap, attrs) as unknown as Tensor[];

export const reluGrad = (dy: Tensor, y: Tensor): Tensor => run(RELU_GRAD, { dy, y })[0];

export const relu6Grad = (dy: Tensor, y: Tensor): Tensor => run(RELU6_GRAD, { dy, y })[0];

export interface BatchNormResult {
  y: Tensor4D;
  /** Of this call's samples, [C]; no gradient flows through them. */
  mean: Tensor1D;
  /** Divided by the count, not by count − 1; [C]. */
  variance: Tensor1D;
}

/** Normalizes x (NHWC) by its own mean and variance over N, H, W; differentiable in x, scale and offset. */
export function batchNorm(x: Tensor4D, scale: Tensor1D, offset: Tensor1D, epsilon: number): BatchNormResult {
  // Run outside customGrad, whose scope would dispose of the statistics; the clone inside it shares y's bytes.
  const [normalized, mean, variance, ...reserved] = run(BATCH_NORM, { x, scale, offset }, { epsilon });
  const y = customGrad((...args: (Tensor | GradSaveFunc)[]) => {
    const [a, s] = args as [Tensor, Tensor];
    (args[3] as GradSaveFunc)([a, s, ...reserved]);
    return {
      value: clone(normalized),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [x0, s0, saved0, saved1, saved2] = saved;
        return run(BATCH_NORM_GRAD, { dy, x: x0, scale: s0, saved0, saved1, saved2 }, { epsilon });
      },
    };
  })(x, scale, offset) as Tensor4D;
  return { y, mean: mean as Tensor1D, variance: variance as Tensor1D };
}

/** Cross-entropy of every sample, [n], from logits [n, C] and target distributions [n, C]; differentiable in the logits. */
export const softmaxCrossEntropy = (logits: Tensor, labels: Tensor): Tensor1D =>
  customGrad((...args: (Tensor | GradSaveFunc)[]) => {
    const [l, t] = args as [Tensor, Tensor];
    const [loss, slope] = run(SOFTMAX_CROSS_ENTROPY, { logits: l, labels: t });
    (args[2] as GradSaveFunc)([slope, t]);
    return {
      value: loss,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [d, target] = saved;
        return [mul(d, reshape(dy, [-1, 1])), zerosLike(target)];
      },
    };
  })(logits, labels) as Tensor1D;
