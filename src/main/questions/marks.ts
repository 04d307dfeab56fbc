// Questions about what a person does with runs of the history: tags, notes and pins; what they take on the disk, and weights that are not kept.
import { FailureError } from '#shared/failure';
import { queuedName } from '#shared/queue';
import { isOwnFolder } from '#store/location';
import { listQueue } from '#store/queue';
import { markRuns } from '#store/run-marks';
import { deleteWeights, restoreWeights } from '#store/run-weights';
import { getRunRow, runsBegunWith } from '#store/runs';
import type { Handlers } from '../answer';
import { measuredRuns } from '../measured-runs';
import type { Services } from '../services';

type Questions = Pick<Handlers, 'markRuns' | 'deleteWeights' | 'weightsUse' | 'restoreWeights' | 'runSizes'>;

export function markQuestions({ db, disk, folders, model, sizes }: Services): Questions {
  const measured = (those?: ReadonlySet<string>) => measuredRuns({ db, folders }, those);
  const refuseOthers = (runId: string) => {
    const { name, folder } = getRunRow(db, runId);
    if (isOwnFolder(folders, folder)) return;
    const problem = `"${name}" was made on the command line and lies in a folder of your own. Delete its weights there.`;
    throw new FailureError({ kind: 'bad-setting', problem });
  };
  return {
    markRuns: (runIds, change) => markRuns(db, runIds, change),
    deleteWeights(runIds) {
      runIds.forEach(refuseOthers);
      const changed = deleteWeights(db, runIds);
      void disk.lookThrough();
      // It may have one of them loaded.
      model.close();
      return changed;
    },
    weightsUse(runIds) {
      const starts = runIds.map((id) => `run:${id}`);
      return {
        begun: starts.flatMap((start) => runsBegunWith(db, start)),
        waiting: listQueue(db)
          .filter(({ spec }) => spec.start !== undefined && starts.includes(spec.start))
          .map(queuedName),
      };
    },
    restoreWeights(runIds) {
      restoreWeights(db, runIds);
      void disk.lookThrough();
    },
    runSizes: (runIds) => (runIds ? sizes.of(measured(new Set(runIds))) : sizes.all(() => measured())),
  };
}
