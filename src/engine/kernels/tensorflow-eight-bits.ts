// The 8-bit kernels on TensorFlow: codes are a real uint8 tensor there, one byte a value, which TF.js's backend carries as "int32".
import {
  add,
  divNoNan,
  max,
  maximum,
  min,
  mul,
  registerKernel,
  reshape,
  round,
  sign,
  sub,
  tidy,
  type KernelFunc,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { DEQUANTIZE, MOST_CODE, QUANTIZE } from './eight-bits';

const BACKEND = 'tensorflow';

interface TensorFlowBackend {
  binding: Record<'TF_FLOAT' | 'TF_UINT8' | 'TF_ATTR_TYPE' | 'TF_ATTR_BOOL', number>;
  executeMultipleOutputs(
    op: string,
    attributes: { name: string; type: number; value: boolean | number }[],
    inputs: Tensor[],
    outputs: number,
  ): Tensor[];
}

/** TF.js's own cast knows no uint8. */
function cast(backend: TensorFlowBackend, x: Tensor, from: 'TF_FLOAT' | 'TF_UINT8', to: 'TF_FLOAT' | 'TF_UINT8'): Tensor {
  const { binding } = backend;
  const attributes = [
    { name: 'SrcT', type: binding.TF_ATTR_TYPE, value: binding[from] },
    { name: 'DstT', type: binding.TF_ATTR_TYPE, value: binding[to] },
    { name: 'Truncate', type: binding.TF_ATTR_BOOL, value: false },
  ];
  return backend.executeMultipleOutputs('Cast', attributes, [x], 1)[0];
}

function quantize(backend: TensorFlowBackend, x: Tensor, group: number): Tensor[] {
  const values = reshape(x, [-1, group]);
  const low = min(values, 1, true);
  const step = mul(sub(max(values, 1, true), low), 1 / MOST_CODE);
  const above = divNoNan(sub(values, low), step);
  return [cast(backend, maximum(round(above), sign(above)), 'TF_FLOAT', 'TF_UINT8'), low, step];
}

function dequantize(backend: TensorFlowBackend, codes: Tensor, low: Tensor, step: Tensor, shape: number[]): Tensor[] {
  return [reshape(add(mul(cast(backend, codes, 'TF_UINT8', 'TF_FLOAT'), step), low), shape)];
}

type Inputs = Record<'x' | 'codes' | 'low' | 'step', Tensor>;

export function registerTensorFlowEightBits(): void {
  const register = (kernelName: string, run: (backend: TensorFlowBackend, inputs: Inputs, attributes: never) => Tensor[]): void => {
    const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) =>
      tidy(() => run(backend as TensorFlowBackend, inputs as unknown as Inputs, attrs as never));
    registerKernel({ kernelName, backendName: BACKEND, kernelFunc });
  };
  register(QUANTIZE, (backend, { x }, { group }: { group: number }) => quantize(backend, x, group));
  register(DEQUANTIZE, (backend, { codes, low, step }, { shape }: { shape: number[] }) => dequantize(backend, codes, low, step, shape));
}
