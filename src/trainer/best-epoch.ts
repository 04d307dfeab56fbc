// The epoch with the lowest validation loss, whose checkpoint is kept where there is one.
import type { Snapshot } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import type { BestEpoch } from '#shared/checkpoint-header';
import type { Metrics } from '#shared/run-event';
import { checkpointNames, nameOf, readCheckpoint, readSnapshot } from './checkpoint';

/** Where nothing is held out, the training loss decides; a loss that is not a number is never the best, and worse than any that is. */
const lossOf = ({ train, validation }: { train: Metrics; validation?: Metrics }): number => (validation ?? train).loss;

export const isBetter = (epoch: { train: Metrics; validation?: Metrics }, best: BestEpoch | undefined): boolean =>
  Number.isFinite(lossOf(epoch)) && (best === undefined || !(lossOf(epoch) >= lossOf(best)));

/** The numbers of the checkpoint of this step, from this run's folder or the one it was resumed from; a sentence where they cannot be had. */
export function bestOf(runFolders: readonly [string, string], { learner }: Workbench, step: number): Snapshot | string {
  const runFolder = runFolders.find((folder) => checkpointNames(folder).includes(nameOf(step)));
  const gone = "The saved model is that of the last step, because the best epoch's is gone.";
  if (runFolder === undefined) return gone;
  try {
    return readSnapshot(learner.network, learner.optimizer, readCheckpoint(runFolder, step));
  } catch (error) {
    return `${gone} ${(error as Error).message}`;
  }
}
