// Out of memory is a state, not a crash (METHOD.md, 7): what failed is done again in pieces half as large. Nothing needs to be restored,
// because nothing is touched before all of it has succeeded: sums are dropped by accumulate, new weights kept apart by applyUpdates, what is
// drawn and read is a function of the step alone.
import { refuseSingles } from './check-statistics';
import { goOnExactly } from './exact-batch-norm/plan';
import type { Workbench } from './mbp';
import type { OutOfMemory } from './out-of-memory';
import { equalPieces } from './pieces';
import { refuseToCut } from './verdict';

/** N_μ of now, which only falls: of a mini-batch's pieces, and of a validation pass's. */
export interface Sizes {
  training: number;
  validation: number;
}

export interface Recovery {
  during: keyof Sizes;
  neededBytes: number;
  availableBytes: number;
  /** N_μ that ran out, and the one it is done again with. */
  from: number;
  micro: number;
}

/**
 * Does `work` on `count` samples in equal pieces, again with half the size each time memory runs out; yields each such time.
 * A short last mini-batch lowers N_μ for the full ones after it as well: what its smaller pieces could not have, theirs cannot.
 * @throws FailureError out-of-memory when a piece of one sample does not fit
 */
export async function* halvingWhenExhausted<T>(
  bench: Workbench,
  sizes: Sizes,
  during: keyof Sizes,
  count: number,
  work: (pieces: number[]) => Promise<T>,
): AsyncGenerator<Recovery, T, void> {
  const { meter, programs } = bench;
  for (;;) {
    const pieces = count > 0 ? equalPieces(count, sizes[during]) : [];
    const from = Math.max(1, ...pieces);
    let failure: OutOfMemory;
    try {
      return await work(pieces);
    } catch (error) {
      const named = meter.named(error, from);
      if (!named || from === 1) throw named ?? error;
      failure = named.failure as OutOfMemory;
    }
    sizes[during] = Math.floor(from / 2);
    if (during === 'training') {
      refuseToCut(programs.objective.loss, 2);
      goOnExactly(bench, count);
      if (!bench.exact) refuseSingles(bench.learner.network, equalPieces(count, sizes.training));
    }
    // The functions of the sizes that were given up, and the blocks that fitted them.
    programs.dispose();
    meter.release();
    const { neededBytes, availableBytes } = failure;
    yield { during, neededBytes, availableBytes, from, micro: sizes[during] };
  }
}
