// A run that was ended before its first step is one to wait for its turn again.
import { randomUUID } from 'node:crypto';
import { FailureError } from '#shared/failure';
import type { RunSpec } from '#shared/run-spec';
import type { Database } from '#store/database';
import type { NewQueued } from '#store/queue';
import { deleteRun, getRunRow, listRuns, renameRun } from '#store/runs';

/** Takes it out of the history. @throws FailureError bad-setting for one that has come further, or is there no more */
export function unbegun(db: Database, runId: string): NewQueued {
  const { name, spec, state, seconds, dataset_id: datasetId, checkpoint_folder: checkpoint, repeat_of: repeatOf } = getRunRow(db, runId);
  const isUnbegun = state === 'stopped' && seconds === null && checkpoint === null;
  if (datasetId === null || !isUnbegun || !listRuns(db).some(({ id }) => id === runId)) {
    throw new FailureError({ kind: 'bad-setting', problem: 'This run cannot be put back into the queue any more. Plan it again.' });
  }
  // Its name is that of the one that waits.
  renameRun(db, runId, `${name} (not begun)`);
  deleteRun(db, runId);
  return { id: randomUUID(), datasetId, spec: JSON.parse(spec) as RunSpec, name, repeatOf: repeatOf ?? undefined };
}
