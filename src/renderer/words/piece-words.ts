// Where a mini-batch is among its pieces, and that in a sentence.
import type { PieceProgress } from '#shared/piece-progress';
import { count } from './numbers';

export interface PiecesAt {
  /** Of this mini-batch, which may be an epoch's short last one. */
  pieces: number[];
  /** So many are worked; the next is being worked, where there is one. */
  done: number;
}

/** @param planned sizes of the pieces of a full mini-batch */
export function piecesAt(planned: readonly number[], { done, samples }: PieceProgress): PiecesAt {
  const pieces = sumOf(planned) === samples ? [...planned] : shortOnes(samples, Math.max(...planned));
  let left = done;
  let worked = 0;
  for (const size of pieces) {
    left -= size;
    if (left < 0) break;
    worked++;
  }
  return { pieces, done: worked };
}

/** As the engine cuts a mini-batch that is shorter than the others: as few as fit, of near-equal size. */
function shortOnes(samples: number, most: number): number[] {
  const pieces = Math.ceil(samples / most);
  return Array.from({ length: pieces }, (_, i) => Math.floor(samples / pieces) + (i < samples % pieces ? 1 : 0));
}

/** Why there are rounds. */
export const ROUNDS_HELP =
  'Batch normalization is exact, so each part of the model waits until all pieces are through the part before it: that is a round.';

/** "Update 118: piece 5 of 16." */
export function workingWords({ pieces, done }: PiecesAt, { step, pass, passes = 1 }: PieceProgress): string {
  const round = pass !== undefined && passes > 1 ? `round ${count(pass)} of ${count(passes)}, ` : '';
  if (done === pieces.length && (pass ?? 1) === passes) return `Update ${count(step)}: all ${count(pieces.length)} pieces are worked.`;
  return `Update ${count(step)}: ${round}piece ${count(Math.min(pieces.length, done + 1))} of ${count(pieces.length)}.`;
}

const sumOf = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);
