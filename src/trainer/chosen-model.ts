// Whose weights a run saves when it ends: of its best epoch or of its last step, by one rule however it ends. The others stay beside them.
import { evaluationWeights } from '#engine/ema';
import type { Snapshot } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import type { BestEpoch } from '#shared/checkpoint-header';
import { failureSentence, toFailure } from '#shared/failure';
import type { KeptModel, Receipt } from '#shared/run-event';
import { bestOf, isBetter } from './best-epoch';
import { readKept, removeKept, writeKept } from './kept-weights';

type Model = KeptModel & Pick<Receipt, 'final'> & { weights: Float32Array[] };

interface Ended {
  bench: Workbench;
  /** Its own, and that which it went on from. */
  runFolders: readonly [string, string];
  savesBest: boolean;
  best?: BestEpoch;
  /** The numbers of the last step, and what they came to. */
  snapshot: Snapshot;
  epoch: number;
  final: Receipt['final'];
}

export interface Chosen {
  kept: Model;
  other?: Model;
  /** Why it is not the one that was wanted. */
  problem?: string;
}

export function chooseModel({ bench, runFolders, savesBest, best, snapshot, epoch, final }: Ended): Chosen {
  const { optimizer } = bench.learner;
  const { step } = snapshot;
  const last: Model = { of: 'last step', epoch, step, final, weights: evaluationWeights(optimizer, snapshot) };
  if (!best || (!best.validation && !savesBest)) return { kept: last };
  if (best.step === step) return { kept: savesBest ? { ...last, of: 'best epoch' } : last };
  // Ended in the middle of an epoch, it may be better there than after any.
  const isWanted = savesBest && !isBetter(final, best);
  const found = weightsOf(best, runFolders, bench);
  if (typeof found === 'string') return { kept: last, ...(isWanted && { problem: found }) };
  const { train, validation } = best;
  const its: Model = { of: 'best epoch', epoch: best.epoch, step: best.step, final: { train, validation }, weights: found };
  return isWanted ? { kept: its, other: last } : { kept: last, other: its };
}

/** Kept by themselves, or in a checkpoint of that very step. */
function weightsOf({ step }: BestEpoch, runFolders: Ended['runFolders'], bench: Workbench): Float32Array[] | string {
  const { network, optimizer } = bench.learner;
  const kept = readKept(runFolders, { of: 'best epoch', step }, network);
  if (kept) return kept;
  const found = bestOf(runFolders, bench, step);
  return typeof found === 'string' ? found : evaluationWeights(optimizer, found);
}

/** The model that was not saved stays where it can be had; a sentence where that cannot be. */
export function keepBeside(runFolder: string, { other }: Chosen): string | undefined {
  if (other?.of !== 'last step') removeKept(runFolder, 'last step');
  // Best is the last step, if any: made longer, the run has it in its checkpoint.
  if (!other) removeKept(runFolder, 'best epoch');
  try {
    if (other) writeKept(runFolder, other, other.weights);
    return undefined;
  } catch (error) {
    const why = failureSentence(toFailure(error, runFolder));
    return other!.of === 'best epoch'
      ? `The best model could not be kept beside the saved one. ${why}`
      : `The last model could not be kept beside the saved one. ${why}`;
  }
}

export const modelOf = ({ of, epoch, step }: KeptModel): KeptModel => ({ of, epoch, step });
