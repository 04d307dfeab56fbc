// Filter gradients of 1 × 1 convolutions with a stride on few channels. oneDNN's AVX2 kernel for them (jit_1x1:avx2 with four input
// channels) gathers the strided points in a buffer that is too small for them: wrong by half with two threads, a crash with one
// (bench/NOTES.md, 2026-11-25). Gathered here first, they leave it a convolution without a stride.
import { getKernel, registerKernel, stridedSlice, unregisterKernel, type Tensor4D } from '@tensorflow/tfjs-core';

const KERNEL = 'Conv2DBackpropFilter';
const BACKEND = 'tensorflow';
/** oneDNN's AVX2 kernels work on so many channels at a time; fewer is where it fails. */
const VECTOR = 8;

interface Attributes {
  filterShape: [number, number, number, number];
  strides: number | [number, number];
  dataFormat: string;
}

export function gatherStridedPoints(): void {
  const stock = getKernel(KERNEL, BACKEND);
  unregisterKernel(KERNEL, BACKEND);
  registerKernel({
    ...stock,
    kernelFunc: (call) => {
      const { filterShape, strides, dataFormat } = call.attrs as unknown as Attributes;
      const [height, width, channels] = filterShape;
      const [down, across] = typeof strides === 'number' ? [strides, strides] : strides;
      const isHit = height === 1 && width === 1 && down * across > 1 && channels < VECTOR && dataFormat === 'NHWC';
      if (!isHit) return stock.kernelFunc(call);
      const x = call.inputs.x as Tensor4D;
      const points = stridedSlice(x, [0, 0, 0, 0], x.shape, [1, down, across, 1]);
      try {
        return stock.kernelFunc({ ...call, inputs: { ...call.inputs, x: points }, attrs: { ...call.attrs!, strides: [1, 1] } });
      } finally {
        points.dispose();
      }
    },
  });
}
