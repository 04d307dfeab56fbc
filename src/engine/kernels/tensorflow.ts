// The fused kernels of fused.ts as TensorFlow's own ops.
import { add, mul, registerKernel, tensor1d, tidy, zerosLike, type KernelFunc, type Tensor } from '@tensorflow/tfjs-core';
import type { NativeKind } from '#shared/engine';
import type { Precision } from '#shared/run-spec';
import { ACCUMULATE } from './accumulate';
import { BATCH_NORM, BATCH_NORM_GRAD, RELU6_GRAD, RELU_GRAD, SOFTMAX_CROSS_ENTROPY } from './fused';
import { BIAS_ADD, BIAS_ADD_GRAD, MAT_MUL } from './linear';
import { composedPool, POOL_STATISTICS, type PoolInputs } from './pool-statistics';
import { floats, matMul } from './tensorflow-mat-mul';
import { nativeOps } from './tensorflow-native-ops';

const BACKEND = 'tensorflow';

export interface Attribute {
  name: string;
  type: number;
  value: boolean | number | string;
}

/** What these kernels use of TF.js's TensorFlow backend. */
export interface TensorFlowBackend {
  binding: Record<'TF_FLOAT' | 'TF_ATTR_TYPE' | 'TF_ATTR_INT' | 'TF_ATTR_FLOAT' | 'TF_ATTR_STRING' | 'TF_ATTR_BOOL', number> & {
    /** Of the function that is being captured. */
    tracedPrecision?: Precision;
    /** Columns of a product that our ops for convolutions compute at a time. */
    tileColumns: number;
  };
  executeMultipleOutputs(op: string, attributes: Attribute[], inputs: Tensor[], outputs: number): Tensor[];
}

type Inputs = Record<string, Tensor>;
type Attributes = Record<string, number>;
export type Kernel = (backend: TensorFlowBackend, inputs: Inputs, attributes: Attributes) => Tensor[];

const batchNormAttributes = (backend: TensorFlowBackend, epsilon: number): Attribute[] => [
  floats(backend, 'T'),
  floats(backend, 'U'),
  { name: 'epsilon', type: backend.binding.TF_ATTR_FLOAT, value: epsilon },
  { name: 'data_format', type: backend.binding.TF_ATTR_STRING, value: 'NHWC' },
  { name: 'is_training', type: backend.binding.TF_ATTR_BOOL, value: true },
];

const channelsLast = (backend: TensorFlowBackend): Attribute[] => [
  floats(backend, 'T'),
  { name: 'data_format', type: backend.binding.TF_ATTR_STRING, value: 'NHWC' },
];

const kernels: Record<string, Kernel> = {
  [ACCUMULATE]: (_backend, { sum, gradient }) => [add(sum, gradient)],

  [RELU_GRAD]: (backend, { dy, y }) => backend.executeMultipleOutputs('ReluGrad', [floats(backend, 'T')], [dy, y], 1),

  [RELU6_GRAD]: (backend, { dy, y }) => backend.executeMultipleOutputs('Relu6Grad', [floats(backend, 'T')], [dy, y], 1),

  [BATCH_NORM]: (backend, { x, scale, offset }, { epsilon }) => {
    const factor = { name: 'exponential_avg_factor', type: backend.binding.TF_ATTR_FLOAT, value: 1 };
    const attributes = [...batchNormAttributes(backend, epsilon), factor];
    const none = tensor1d([], 'float32'); // Running statistics to update: ours are kept elsewhere.
    const [y, mean, corrected, ...saved] = backend.executeMultipleOutputs(
      'FusedBatchNormV3',
      attributes,
      [x, scale, offset, none, none],
      6,
    );
    return [y, mean, uncorrected(corrected, x.size / scale.size), ...saved];
  },

  [BATCH_NORM_GRAD]: (backend, { dy, x, scale, saved0, saved1, saved2 }, { epsilon }) => {
    const inputs = [dy, x, scale, saved0, saved1, saved2];
    return backend.executeMultipleOutputs('FusedBatchNormGradV3', batchNormAttributes(backend, epsilon), inputs, 5).slice(0, 3);
  },

  [SOFTMAX_CROSS_ENTROPY]: (backend, { logits, labels }) =>
    backend.executeMultipleOutputs('SoftmaxCrossEntropyWithLogits', [floats(backend, 'T')], [logits, labels], 2),

  [MAT_MUL]: matMul,

  [BIAS_ADD]: (backend, { x, bias }) => backend.executeMultipleOutputs('BiasAdd', channelsLast(backend), [x, bias], 1),

  [BIAS_ADD_GRAD]: (backend, { dy }) => backend.executeMultipleOutputs('BiasAddGrad', channelsLast(backend), [dy], 1),

  [POOL_STATISTICS]: (_backend, inputs, { positions, count }) => composedPool(inputs as PoolInputs, positions, count),
};

/** TensorFlow divides by count − 1 (Bessel's correction); of a single value its answer would be 0 ÷ 0. */
const uncorrected = (variance: Tensor, count: number): Tensor => (count > 1 ? mul(variance, (count - 1) / count) : zerosLike(variance));

/** On the processor with native/ops, which have no kernels for a graphics card. */
export function registerTensorFlowKernels(kind: NativeKind): void {
  for (const [kernelName, compute] of Object.entries(kind === 'cpu' ? { ...kernels, ...nativeOps } : kernels)) {
    const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) =>
      tidy(() => compute(backend as TensorFlowBackend, inputs as unknown as Inputs, (attrs ?? {}) as unknown as Attributes));
    registerKernel({ kernelName, backendName: BACKEND, kernelFunc });
  }
}
