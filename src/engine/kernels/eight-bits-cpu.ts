// The 8-bit kernels on TF.js's plain JavaScript backend.
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { registerEightBitLoops } from './eight-bits-loops';

interface CpuBackend {
  makeTensorInfo(shape: number[], dtype: 'float32' | 'bool', values: Float32Array | Uint8Array): TensorInfo;
  data: { get(dataId: object): { values: Float32Array | Uint8Array } };
}

export const registerCpuEightBits = (): void =>
  registerEightBitLoops('cpu', (backend) => {
    const { makeTensorInfo, data } = backend as CpuBackend;
    return {
      allocate: (shape, dtype) => {
        const size = shape.reduce((a, b) => a * b, 1);
        return makeTensorInfo.call(backend, shape, dtype, dtype === 'bool' ? new Uint8Array(size) : new Float32Array(size));
      },
      values: ({ dataId }) => data.get(dataId).values,
    };
  });
