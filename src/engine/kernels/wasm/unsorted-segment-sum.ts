// Sums rows that share a segment number, missing in TF.js's WebAssembly: the gradient of gathering, as an embedding needs it.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmBackend } from './heap';

/** x [k, …], segmentIds [k] → [numSegments, …]; rows with a number outside are left out, as TensorFlow does with negative ones. */
export function unsortedSegmentSum(
  inputs: Record<'x' | 'segmentIds', Tensor>,
  { numSegments }: { numSegments: number },
  backend: WasmBackend,
): TensorInfo {
  const { x, segmentIds } = inputs;
  const [rows, ...rest] = x.shape;
  const width = rest.reduce((a, b) => a * b, 1);
  const output = backend.makeOutput([numSegments, ...rest], x.dtype);
  const values = backend.typedArrayFromHeap(x);
  const segments = backend.typedArrayFromHeap(segmentIds);
  const sums = backend.typedArrayFromHeap(output);
  sums.fill(0);
  for (let row = 0; row < rows; row++) {
    const segment = segments[row];
    if (segment < 0 || segment >= numSegments) continue;
    for (let i = 0; i < width; i++) sums[segment * width + i] += values[row * width + i];
  }
  return output;
}
