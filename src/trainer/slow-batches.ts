// Tells how far a mini-batch is, of those that take long enough for a person to wonder, at most ten times a second.
import type { PieceProgress } from '#shared/piece-progress';

const LEAST_MILLISECONDS = 100;

/** Shorter mini-batches say nothing: their steps are told. */
const LONG_MILLISECONDS = 300;

export function ofSlowBatches(tell: (progress: PieceProgress) => void, now = () => performance.now()): (progress: PieceProgress) => void {
  let step = -1;
  let begun = 0;
  let told = 0;
  let isSlow = false;
  return (progress) => {
    const at = now();
    if (progress.step !== step) {
      // The one before was slow, so this one is: its first piece is told as well.
      isSlow = step >= 0 && at - begun > LONG_MILLISECONDS;
      [step, begun] = [progress.step, at];
    }
    const isEnd = progress.done === progress.samples && (progress.pass ?? 1) === (progress.passes ?? 1);
    if (!(isSlow || at - begun > LONG_MILLISECONDS) || (!isEnd && at - told < LEAST_MILLISECONDS)) return;
    told = at;
    tell(progress);
  };
}
