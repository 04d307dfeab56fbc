// Two kernels every backend has: floats to 8-bit codes, one byte each in the backend's memory, and back.
// Code 0 is the group's least value alone, so that what was above zero stays above zero behind a ReLU.
import { engine, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';

/** {x: any shape}, {group} → [codes, opaque; least value of each group [g, 1]; step of each group [g, 1]]. */
export const QUANTIZE = 'OverbatchQuantize';
/** {codes, low, step}, {shape} → [x]. */
export const DEQUANTIZE = 'OverbatchDequantize';
export const MOST_CODE = 255;

const run = (kernel: string, inputs: Record<string, Tensor>, attributes: object): Tensor[] =>
  engine().runKernel(kernel, inputs as unknown as NamedTensorMap, attributes as Record<string, number>) as unknown as Tensor[];

export const quantizeToCodes = (x: Tensor, group: number): Tensor[] => run(QUANTIZE, { x }, { group });

export const dequantizeCodes = ([codes, low, step]: readonly Tensor[], shape: number[]): Tensor =>
  run(DEQUANTIZE, { codes, low, step }, { shape })[0];
