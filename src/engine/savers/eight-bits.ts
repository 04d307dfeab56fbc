// Activations in 8 bits (as Mesa does, Pan et al. 2021, arXiv 2111.11124): groups of values of one sample share a least value and a step,
// so that the codes do not depend on the micro-batch; rounded to the nearest, always the same.
import type { Tensor } from '@tensorflow/tfjs-core';
import { dequantizeCodes, quantizeToCodes } from '../kernels/eight-bits';

const LARGEST_GROUP = 256;
const SMALLEST_GROUP = 64;

/** Values that share a scale: a divisor of a sample's values near LARGEST_GROUP, or all of them where there is none. */
function groupSize(values: number): number {
  for (let size = Math.min(LARGEST_GROUP, values); size >= SMALLEST_GROUP; size--) if (values % size === 0) return size;
  return values;
}

/** A float tensor of samples [n, …] that is large enough for scales not to matter. */
export const isQuantizable = ({ dtype, shape, size }: Tensor): boolean =>
  dtype === 'float32' && shape.length > 1 && size / shape[0] >= SMALLEST_GROUP;

/** [codes, least values, steps] of x [n, …]. */
export const quantize = (x: Tensor): Tensor[] => quantizeToCodes(x, groupSize(x.size / x.shape[0]));

export const dequantize = (parts: readonly Tensor[], shape: number[]): Tensor => dequantizeCodes(parts, shape);
