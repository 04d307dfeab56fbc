// Products of matrices and biases as one op each, forward and backward: TF.js reshapes matrices to batches of one and back, and adds a
// bias by broadcasting, whose gradient is a reshape and a sum. A small network is made of little else.
import { engine, registerGradient, type NamedTensorMap, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';

/** {a, b}, {transposeA, transposeB} as 0 or 1 → [a · b] of matrices. */
export const MAT_MUL = 'OverbatchMatMul';
/** {x: [..., C], bias: [C]} → [x + bias]. */
export const BIAS_ADD = 'OverbatchBiasAdd';
/** {dy: [..., C]} → [sum over all but C]. */
export const BIAS_ADD_GRAD = 'OverbatchBiasAddGrad';

const run = <T extends Tensor>(kernel: string, inputs: Record<string, Tensor>, attrs?: Record<string, number>): T =>
  (engine().runKernel(kernel, inputs as unknown as NamedTensorMap, attrs) as unknown as T[])[0];

const product = (a: Tensor, b: Tensor, transposeA: 0 | 1, transposeB: 0 | 1): Tensor2D =>
  run(MAT_MUL, { a, b }, { transposeA, transposeB });

registerGradient({
  kernelName: MAT_MUL,
  inputsToSave: ['a', 'b'],
  // Only untransposed products are differentiated.
  gradFunc: (dy, [a, b]) => ({ a: () => product(dy as Tensor, b, 0, 1), b: () => product(a, dy as Tensor, 1, 0) }),
});

registerGradient({
  kernelName: BIAS_ADD,
  gradFunc: (dy) => ({ x: () => (dy as Tensor).clone(), bias: () => run(BIAS_ADD_GRAD, { dy: dy as Tensor }) }),
});

/** a [m, k] · b [k, n]; differentiable once in both. */
export const matMul2d = (a: Tensor2D, b: Tensor2D): Tensor2D => product(a, b, 0, 0);

/** x [..., C] + bias [C]; differentiable in both. */
export const biasAdd = <T extends Tensor>(x: T, bias: Tensor1D): T => run(BIAS_ADD, { x, bias });
