// Loss and metrics over many samples, piece by piece, forward only.
import { dispose, fill, type Tensor } from '@tensorflow/tfjs-core';
import { evaluationWeights } from './ema';
import type { PieceReader, Workbench } from './mbp';
import { readTotals, totalsLength, type Totals } from './totals';

/** `pause` is awaited between pieces, so that a message can come in. */
export async function evaluate(
  { learner, programs, meter }: Workbench,
  pieces: readonly number[],
  readPiece: PieceReader,
  pause: () => Promise<void>,
): Promise<Totals> {
  let totals: Tensor = fill([totalsLength(programs.objective.evaluationMetrics, learner.network.outputShape)], 0);
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
      await pause();
    }
    return await readTotals(totals);
  } finally {
    totals.dispose();
  }
}
