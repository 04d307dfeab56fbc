// A small network spends more time between calls than in them: there several micro-batches of one size go into one call, one after
// another inside it. The same ops in the same order: the same bits, and each piece's activations are gone before the next one's.
import type { Tensor } from '@tensorflow/tfjs-core';
import { sizeOf } from './layers/layer';
import { weightCount, type Network } from './network';
import type { TensorFunction } from './runtime';

/** Most in one call: a longer function gains little (bench/NOTES.md), takes longer to capture, and holds the samples of more pieces. */
const JOINED = 4;
/** Larger ones compute for long enough; their samples would all be in memory before the first is worked. */
const MOST_SAMPLE_BYTES = 512 * 1024;
const MOST_WEIGHT_BYTES = 16 * 1024 * 1024;

/** Micro-batches of n samples that one call of the compiled step works. */
export function piecesPerCall(network: Network, n: number): number {
  const sampleBytes = 4 * n * sizeOf(network.inputShape);
  return sampleBytes <= MOST_SAMPLE_BYTES && 4 * weightCount(network) <= MOST_WEIGHT_BYTES ? JOINED : 1;
}

export interface StepCall {
  size: number;
  count: number;
}

/** Which pieces share a call: as many of one size as may, the rest alone, so that a size needs two functions at most. */
export function* stepCalls(pieces: readonly number[], perCall: (size: number) => number): Generator<StepCall> {
  for (let i = 0; i < pieces.length;) {
    const size = pieces[i];
    const joined = perCall(size);
    const fits = pieces.slice(i, i + joined).every((other) => other === size) && i + joined <= pieces.length;
    const count = fits ? joined : 1;
    yield { size, count };
    i += count;
  }
}

/** `step` takes [...samples, ...carry, ...weights] and gives [...carry]; this takes the samples of `count` pieces. */
export const joinSteps =
  (step: TensorFunction, count: number, tensorsPerPiece: number, carryLength: number): TensorFunction =>
  (inputs) => {
    const rest = inputs.slice(count * tensorsPerPiece);
    const weights = rest.slice(carryLength);
    let carry: Tensor[] = rest.slice(0, carryLength);
    for (let piece = 0; piece < count; piece++) {
      carry = step([...inputs.slice(piece * tensorsPerPiece, (piece + 1) * tensorsPerPiece), ...carry, ...weights]);
    }
    return carry;
  };
