// How far two ways of working one mini-batch are apart: their gradients, outside the engine.
import { dispose } from '@tensorflow/tfjs-core';
import { accumulate, type PieceReader, type Workbench } from './mbp';

/** The gradient sum of one mini-batch made in these pieces, an array for each trainable weight. */
export async function gradientOf(bench: Workbench, pieces: readonly number[], readPiece: PieceReader): Promise<Float32Array[]> {
  const carry = accumulate(bench, pieces, readPiece);
  try {
    const weights = bench.learner.network.weights.filter((w) => w.trainable).length;
    const values: Float32Array[] = [];
    for (const gradient of carry.slice(1, 1 + weights)) values.push(Float32Array.from(await gradient.data()));
    return values;
  } finally {
    dispose(carry);
  }
}

/** ‖a − b‖ ÷ ‖b‖ (L2); undefined where b is zero. */
export function relativeDistance(a: readonly Float32Array[], b: readonly Float32Array[]): number | undefined {
  let [difference, length] = [0, 0];
  b.forEach((values, i) =>
    values.forEach((value, k) => {
      difference += (a[i][k] - value) ** 2;
      length += value ** 2;
    }),
  );
  return length > 0 ? Math.sqrt(difference / length) : undefined;
}
