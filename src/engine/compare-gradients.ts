// How far two ways of working one mini-batch are apart: their gradients, outside the engine.
import { dispose } from '@tensorflow/tfjs-core';
import { accumulate, type PieceReader, type Workbench } from './mbp';

/** The gradient sum of one mini-batch made in these pieces, weight by weight, each to be read before the next one is asked for. */
export async function* gradientsOf(bench: Workbench, pieces: readonly number[], readPiece: PieceReader): AsyncGenerator<Float32Array> {
  const carry = accumulate(bench, pieces, readPiece);
  try {
    const weights = bench.learner.network.weights.filter((w) => w.trainable).length;
    for (const gradient of carry.slice(1, 1 + weights)) yield (await gradient.data()) as Float32Array;
  } finally {
    dispose(carry);
  }
}

/** All of it, an array for each trainable weight. */
export async function gradientOf(bench: Workbench, pieces: readonly number[], readPiece: PieceReader): Promise<Float32Array[]> {
  const values: Float32Array[] = [];
  for await (const gradient of gradientsOf(bench, pieces, readPiece)) values.push(Float32Array.from(gradient));
  return values;
}

/** ‖a − b‖ ÷ ‖b‖ (L2), added up array by array. */
export class RelativeDistance {
  #difference = 0;
  #length = 0;

  /** @param scale of `a` */
  add(a: Float32Array, b: Float32Array, scale = 1): void {
    b.forEach((value, k) => {
      this.#difference += (a[k] / scale - value) ** 2;
      this.#length += value ** 2;
    });
  }

  /** Undefined where b is zero. */
  get value(): number | undefined {
    return this.#length > 0 ? Math.sqrt(this.#difference / this.#length) : undefined;
  }
}

/** ‖a − b‖ ÷ ‖b‖ (L2); undefined where b is zero. */
export function relativeDistance(a: readonly Float32Array[], b: readonly Float32Array[]): number | undefined {
  const distance = new RelativeDistance();
  b.forEach((values, i) => distance.add(a[i], values));
  return distance.value;
}
