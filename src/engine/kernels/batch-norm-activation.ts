// Batch normalization with what follows it in one kernel: the sum of a skip connection, ReLU or ReLU6. Neither the normalized values nor
// the sum exist beside the output, and each is one pass over memory instead of several.
import {
  clone,
  customGrad,
  engine,
  type GradSaveFunc,
  type NamedTensorMap,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { BatchNormResult } from './fused';

/** {x: NHWC, scale: [C], offset: [C], side?: NHWC}, {epsilon, activation} → [y, mean [C], variance [C] (÷ n), 1 ÷ √(variance + epsilon) [C]]. */
export const BATCH_NORM_ACTIVATION = 'OverbatchBatchNormActivation';
/** {dy, x, scale, offset, mean, inverse}, {activation} → [dx, dscale, doffset]; what the activation shut is found again from x. */
export const BATCH_NORM_ACTIVATION_GRAD = 'OverbatchBatchNormActivationGrad';
/** {dy, x, scale, y, mean, inverse}, {activation} → [dx, dscale, doffset, dside]. */
export const BATCH_NORM_ADD_ACTIVATION_GRAD = 'OverbatchBatchNormAddActivationGrad';

export type Activation = 'none' | 'relu' | 'relu6';

const run = (kernel: string, inputs: Record<string, Tensor>, attrs: Record<string, number | string>): Tensor[] =>
  engine().runKernel(kernel, inputs as unknown as NamedTensorMap, attrs) as unknown as Tensor[];

/**
 * activation(normalized x [+ side]), x normalized by its own mean and variance over N, H, W; differentiable in x, scale, offset and side.
 * Statistics as of fused.ts' batchNorm.
 */
export function batchNormActivation(
  { x, scale, offset, side }: { x: Tensor4D; scale: Tensor1D; offset: Tensor1D; side?: Tensor4D },
  epsilon: number,
  activation: Activation,
): BatchNormResult {
  // Run outside customGrad, whose scope would dispose of the statistics; the clone inside it shares y's bytes.
  const [output, mean, variance, inverse] = run(
    BATCH_NORM_ACTIVATION,
    { x, scale, offset, ...(side && { side }) },
    { epsilon, activation },
  );
  const isShutBySum = side !== undefined && activation !== 'none';
  const inputs = [x, scale, offset, ...(side ? [side] : [])];
  const y = customGrad((...args: (Tensor | GradSaveFunc)[]) => {
    const [a, s, o] = args as Tensor[];
    const value = clone(output);
    (args[inputs.length] as GradSaveFunc)([a, s, isShutBySum ? value : o, mean, inverse]);
    return {
      value,
      gradFunc: (dy: Tensor, [x0, s0, third, mean0, inverse0]: Tensor[]) => {
        const known = { dy, x: x0, scale: s0, mean: mean0, inverse: inverse0 };
        if (isShutBySum) return run(BATCH_NORM_ADD_ACTIVATION_GRAD, { ...known, y: third }, { activation });
        const slopes = run(BATCH_NORM_ACTIVATION_GRAD, { ...known, offset: third }, { activation });
        return side ? [...slopes, dy] : slopes;
      },
    };
  })(...inputs) as Tensor4D;
  return { y, mean: mean as Tensor1D, variance: variance as Tensor1D };
}
