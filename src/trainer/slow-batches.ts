// Tells how far a mini-batch is, of those that take long enough for a person to wonder, at most ten times a second.
import type { PieceProgress } from '#shared/piece-progress';

const LEAST_MILLISECONDS = 100;

/** Shorter mini-batches say nothing: their steps are told. */
const LONG_MILLISECONDS = 300;

/** How much of its mini-batch is done. */
const share = ({ done, samples, pass = 1, passes = 1 }: PieceProgress): number => (pass - 1 + done / samples) / passes;

export function ofSlowBatches(tell: (progress: PieceProgress) => void, now = () => performance.now()): (progress: PieceProgress) => void {
  /** Of the mini-batch that is worked: its first piece, when that was done, and when the newest was. */
  let [first, begun, last]: [PieceProgress | undefined, number, number] = [undefined, 0, 0];
  let told = 0;
  let isSlow = false;
  return (progress) => {
    const at = now();
    if (progress.step !== first?.step) {
      // The one before was slow, so this one is: its first piece is told as well. What lay between the two, such as validation, does not count.
      isSlow = first !== undefined && (last - begun) / (1 - share(first)) > LONG_MILLISECONDS;
      [first, begun] = [progress, at];
    }
    last = at;
    if (!(isSlow || at - begun > LONG_MILLISECONDS) || (share(progress) < 1 && at - told < LEAST_MILLISECONDS)) return;
    told = at;
    tell(progress);
  };
}
