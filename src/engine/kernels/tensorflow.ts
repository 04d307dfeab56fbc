// The fused kernels of fused.ts as TensorFlow's own ops.
import { add, mul, registerKernel, tensor1d, tidy, zerosLike, type KernelFunc, type Tensor } from '@tensorflow/tfjs-core';
import type { NativeKind } from '#shared/engine';
import type { Precision } from '#shared/run-spec';
import { ACCUMULATE } from './accumulate';
import { BATCH_NORM, BATCH_NORM_GRAD, RELU6_GRAD, RELU_GRAD, SOFTMAX_CROSS_ENTROPY } from './fused';
import { BIAS_ADD, BIAS_ADD_GRAD, MAT_MUL } from './linear';
import { composedPool, POOL_STATISTICS, type PoolInputs } from './pool-statistics';
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

const floats = ({ binding }: TensorFlowBackend, name: string): Attribute => ({ name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT });

const batchNormAttributes = (backend: TensorFlowBackend, epsilon: number): Attribute[] => [
  floats(backend, 'T'),
  floats(backend, 'U'),
  { name: 'epsilon', type: backend.binding.TF_ATTR_FLOAT, value: epsilon },
  { name: 'data_format', type: backend.binding.TF_ATTR_STRING, value: 'NHWC' },
  { name: 'is_training', type: backend.binding.TF_ATTR_BOOL, value: true },
];

/** Multiplications from which oneDNN (BatchMatMulV2) beats Eigen (MatMul): backward 2.5 times at 512 × 512, below 256 × 256 it only costs more. */
const LARGE_PRODUCT = 2 ** 22;

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

  [MAT_MUL]: (backend, { a, b }, { transposeA, transposeB }) => {
    const rows = a.shape[transposeA]!;
    const isLarge = rows * b.size >= LARGE_PRODUCT;
    const [op, nameA, nameB] = isLarge ? ['BatchMatMulV2', 'adj_x', 'adj_y'] : ['MatMul', 'transpose_a', 'transpose_b'];
    const transposed = (name: string, value: number) => ({ name, type: backend.binding.TF_ATTR_BOOL, value: value === 1 });
    const attributes = [floats(backend, 'T'), transposed(nameA, transposeA), transposed(nameB, transposeB)];
    return backend.executeMultipleOutputs(op, attributes, [a, b], 1);
  },

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
