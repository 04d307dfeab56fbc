// Loss and metrics over many samples, piece by piece, forward only.
import { dispose, fill, type Tensor } from '@tensorflow/tfjs-core';
import { sizeOf } from './layers/layer';
import { evaluationWeights } from './ema';
import type { PieceReader, Workbench } from './mbp';
import { addTotals, NO_TOTALS, readTotals, totalsLength, type Totals } from './totals';

/** Counts carried in 32 bits are exact up to twice as many positions; beyond, they are added up in 64. */
const MOST_POSITIONS = 2 ** 23;

/** `pause` is awaited between pieces, so that a message can come in. */
export async function evaluate(
  { learner, programs, meter }: Workbench,
  pieces: readonly number[],
  readPiece: PieceReader,
  pause: () => Promise<void>,
): Promise<Totals> {
  const { outputShape } = learner.network;
  const metrics = programs.objective.evaluationMetrics;
  const nothing = (): Tensor => fill([totalsLength(metrics, outputShape)], 0);
  const positions = sizeOf(outputShape.slice(0, -1));
  let counted = 0;
  let done = NO_TOTALS;
  let totals = nothing();
  try {
    let start = 0;
    for (const size of pieces) {
      const samples = readPiece(start, size);
      try {
        const [next] = meter.call(programs.evaluation(size), [...samples, totals, ...evaluationWeights(learner.optimizer, learner)], size);
        totals.dispose();
        totals = next;
      } finally {
        dispose(samples);
      }
      start += size;
      counted += size * positions;
      if (counted >= MOST_POSITIONS) {
        done = addTotals(done, await readTotals(totals), metrics, outputShape);
        totals.dispose();
        totals = nothing();
        counted = 0;
      }
      await pause();
    }
    return addTotals(done, await readTotals(totals), metrics, outputShape);
  } finally {
    totals.dispose();
  }
}
