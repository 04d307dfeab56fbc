// The 8-bit kernels as loops over plain arrays, for backends whose memory JavaScript sees: codes lie in a bool tensor, one byte each.
import { registerKernel, unregisterKernel, getKernel, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import { DEQUANTIZE, MOST_CODE, QUANTIZE } from './eight-bits';

/** Values of tensors where they lie; allocate first, look afterwards: memory may move. */
export interface Memory {
  allocate(shape: number[], dtype: 'float32' | 'bool'): TensorInfo;
  values(info: TensorInfo): Float32Array | Int32Array | Uint8Array;
}

function quantize(memory: Memory, x: TensorInfo, group: number): TensorInfo[] {
  const size = x.shape.reduce((a, b) => a * b, 1);
  const groups = size / group;
  const outputs = [memory.allocate([size], 'bool'), memory.allocate([groups, 1], 'float32'), memory.allocate([groups, 1], 'float32')];
  const [values, codes, lows, steps] = [x, ...outputs].map((info) => memory.values(info));
  for (let g = 0; g < groups; g++) {
    const end = (g + 1) * group;
    let [low, high] = [values[g * group], values[g * group]];
    for (let at = g * group; at < end; at++) {
      if (values[at] < low) low = values[at];
      else if (values[at] > high) high = values[at];
    }
    lows[g] = low;
    steps[g] = (high - low) / MOST_CODE;
    const step = steps[g];
    for (let at = g * group; at < end; at++) {
      const above = values[at] - low;
      codes[at] = above > 0 ? Math.max(1, Math.min(MOST_CODE, Math.round(above / step))) : 0;
    }
  }
  return outputs;
}

function dequantize(memory: Memory, inputs: Record<'codes' | 'low' | 'step', TensorInfo>, shape: number[]): TensorInfo[] {
  const output = memory.allocate(shape, 'float32');
  const [codes, lows, steps, values] = [inputs.codes, inputs.low, inputs.step, output].map((info) => memory.values(info));
  const group = codes.length / lows.length;
  for (let g = 0, at = 0; g < lows.length; g++) {
    const [low, step] = [lows[g], steps[g]];
    for (const end = at + group; at < end; at++) values[at] = low + codes[at] * step;
  }
  return [output];
}

type Inputs = Record<'x' | 'codes' | 'low' | 'step', TensorInfo>;

export function registerEightBitLoops(backendName: string, memoryOf: (backend: unknown) => Memory): void {
  const kernels: Record<string, KernelFunc> = {
    [QUANTIZE]: ({ inputs, attrs, backend }) => quantize(memoryOf(backend), (inputs as Inputs).x, attrs!.group as number),
    [DEQUANTIZE]: ({ inputs, attrs, backend }) => dequantize(memoryOf(backend), inputs as Inputs, attrs!.shape as number[]),
  };
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    if (getKernel(kernelName, backendName)) unregisterKernel(kernelName, backendName);
    registerKernel({ kernelName, backendName, kernelFunc });
  }
}
