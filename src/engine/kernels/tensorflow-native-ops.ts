// Kernels by TensorFlow ops of our own (native/ops), which compute on the processor alone.
import { clone } from '@tensorflow/tfjs-core';
import { DEFAULT_PRECISION } from '#shared/run-spec';
import { ACCUMULATE } from './accumulate';
import { BATCH_NORM_ACTIVATION, BATCH_NORM_ACTIVATION_GRAD, BATCH_NORM_ADD_ACTIVATION_GRAD } from './batch-norm-activation';
import { isFasterDenseGradient } from './faster-dense-gradients';
import { BATCH_NORM, BATCH_NORM_GRAD } from './fused';
import { MAT_MUL } from './linear';
import { MAX_POOL, MAX_POOL_GRADIENT } from './max-pool';
import { POOL_STATISTICS } from './pool-statistics';
import type { Attribute, Kernel, TensorFlowBackend } from './tensorflow';
import { matMul } from './tensorflow-mat-mul';

const float = ({ binding }: TensorFlowBackend, name: string, value: unknown): Attribute => ({
  name,
  type: binding.TF_ATTR_FLOAT,
  value: value as number,
});
const activationOf = ({ binding }: TensorFlowBackend, value: unknown = 'none'): Attribute => ({
  name: 'activation',
  type: binding.TF_ATTR_STRING,
  value: value as string,
});

const integer = ({ binding }: TensorFlowBackend, name: string, value: unknown): Attribute => ({
  name,
  type: binding.TF_ATTR_INT,
  value: value as number,
});
const windowsOf = (backend: TensorFlowBackend, { window, stride, padding }: Record<string, unknown>): Attribute[] => [
  integer(backend, 'window', window),
  integer(backend, 'stride', stride),
  { name: 'padding', type: backend.binding.TF_ATTR_STRING, value: (padding as string).toUpperCase() },
];

export const nativeOps: Record<string, Kernel> = {
  [ACCUMULATE]: (backend, { sum, gradient }) => backend.executeMultipleOutputs('OverbatchAccumulate', [], [sum, gradient], 1),

  [MAT_MUL]: (backend, inputs, attributes) => {
    const { a, b } = inputs;
    const { tracedPrecision = DEFAULT_PRECISION, tileColumns } = backend.binding;
    const isGradient = attributes.transposeA === 1 && attributes.transposeB === 0 && tracedPrecision === DEFAULT_PRECISION;
    return isGradient && isFasterDenseGradient(a.shape[0], a.shape[1]!, b.shape[1]!, tileColumns)
      ? backend.executeMultipleOutputs('OverbatchDenseGradient', [], [a, b], 1)
      : matMul(backend, inputs, attributes);
  },

  [BATCH_NORM]: (backend, { x, scale, offset }, { epsilon }) => {
    const attributes = [float(backend, 'epsilon', epsilon), activationOf(backend)];
    const [y, mean, variance, inverse] = backend.executeMultipleOutputs('OverbatchBatchNorm', attributes, [x, scale, offset], 4);
    return [y, mean, variance, clone(mean), inverse, clone(offset)];
  },

  [BATCH_NORM_GRAD]: (backend, { dy, x, scale, saved0, saved1, saved2 }) =>
    backend.executeMultipleOutputs('OverbatchBatchNormGrad', [activationOf(backend)], [dy, x, scale, saved2, saved0, saved1], 3),

  [BATCH_NORM_ACTIVATION]: (backend, { x, scale, offset, side }, { epsilon, activation }) => {
    const attributes = [float(backend, 'epsilon', epsilon), activationOf(backend, activation)];
    const inputs = [x, scale, offset];
    return side
      ? backend.executeMultipleOutputs('OverbatchBatchNormAdd', attributes, [...inputs, side], 4)
      : backend.executeMultipleOutputs('OverbatchBatchNorm', attributes, inputs, 4);
  },

  [BATCH_NORM_ACTIVATION_GRAD]: (backend, { dy, x, scale, offset, mean, inverse }, { activation }) => {
    const inputs = [dy, x, scale, offset, mean, inverse];
    return backend.executeMultipleOutputs('OverbatchBatchNormGrad', [activationOf(backend, activation)], inputs, 3);
  },

  [BATCH_NORM_ADD_ACTIVATION_GRAD]: (backend, { dy, x, scale, y, mean, inverse }, { activation }) => {
    const inputs = [dy, x, scale, y, mean, inverse];
    return backend.executeMultipleOutputs('OverbatchBatchNormAddGrad', [activationOf(backend, activation)], inputs, 4);
  },

  [MAX_POOL]: (backend, { x }, attributes) => backend.executeMultipleOutputs('OverbatchMaxPool', windowsOf(backend, attributes), [x], 2),

  [MAX_POOL_GRADIENT]: (backend, { dy, codes }, attributes) => {
    const sizes = [integer(backend, 'height', attributes.height), integer(backend, 'width', attributes.width)];
    return backend.executeMultipleOutputs('OverbatchMaxPoolGradient', [...windowsOf(backend, attributes), ...sizes], [dy, codes], 1);
  },

  [POOL_STATISTICS]: (backend, { mean, squares, samples, pieceMean, pieceVariance }, { positions, count }) => {
    const attributes = [float(backend, 'positions', positions), float(backend, 'count', count)];
    const inputs = [mean, squares, samples, pieceMean, pieceVariance];
    return backend.executeMultipleOutputs('OverbatchPoolStatistics', attributes, inputs, 2);
  },
};
