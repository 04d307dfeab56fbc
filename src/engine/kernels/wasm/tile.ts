// Repeats a tensor along its axes, and so spreads one over a larger shape. The stock kernel works out every place of every value; here runs are copied.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmBackend } from './heap';

/** x [d…] → [d · reps…]. */
export function tile({ x }: Record<'x', Tensor>, { reps }: { reps: number[] }, backend: WasmBackend): TensorInfo {
  const shape = x.shape.map((size, axis) => size * reps[axis]);
  const output = backend.makeOutput(shape, x.dtype);
  const from = backend.typedArrayFromHeap(x);
  const to = backend.typedArrayFromHeap(output);
  if (to.length === 0) return output;

  // Axes before this one are walked; what the later ones hold is one run.
  const walked = reps.findLastIndex((times) => times > 1) + 1;
  const inner = x.shape.map((_, axis) => x.shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const run = walked === 0 ? x.size : inner[walked - 1];

  /** Fills up to `times` copies of what lies from start to end, each time doubling what is copied; answers the place behind them. */
  const repeat = (start: number, end: number, times: number): number => {
    const last = start + (end - start) * times;
    if (end - start === 1) {
      to.fill(to[start], end, last);
      return last;
    }
    for (let filled = end; filled < last;) {
      const length = Math.min(filled - start, last - filled);
      to.copyWithin(filled, start, start + length);
      filled += length;
    }
    return last;
  };
  /** Writes the block of x that begins at `read`, of the axes from `axis` on; answers the place behind it. */
  const copy = (axis: number, read: number, write: number): number => {
    if (axis === walked) {
      if (run === 1) to[write] = from[read];
      else to.set(from.subarray(read, read + run), write);
      return write + run;
    }
    let end = write;
    for (let i = 0; i < x.shape[axis]; i++) end = copy(axis + 1, read + i * inner[axis], end);
    return repeat(write, end, reps[axis]);
  };
  copy(0, 0, 0);
  return output;
}
