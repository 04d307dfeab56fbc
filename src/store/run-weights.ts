// Weights of runs that are deleted while the history stays: gone for everyone at once, from the disk when the app is next started.
import { WEIGHTS_DELETED } from '#shared/run-weights';
import { FailureError } from '#shared/failure';
import type { Database } from './database';

/** Nothing of a run whose weights were deleted is there to be asked, gone on with or taken away: every reader of a row sees that. */
export const KEPT_FOLDERS = `CASE WHEN weights_deleted_at IS NULL THEN checkpoint_folder END AS checkpoint_folder,
  CASE WHEN weights_deleted_at IS NULL THEN model_folder END AS model_folder, weights_deleted_at`;

/** All of them or none. Answers which had any; runs without weights stay as they are. @throws FailureError bad-setting while one of them trains */
export function deleteWeights(db: Database, ids: readonly string[], now = new Date()): string[] {
  return db.transaction(() =>
    ids.filter((id) => {
      if (db.get<{ state: string }>('SELECT state FROM runs WHERE id = @id', { id })?.state === 'running') {
        throw new FailureError({ kind: 'bad-setting', problem: 'A run is still training. Stop it first, then delete its weights.' });
      }
      const changed = db.run(
        `UPDATE runs SET weights_deleted_at = @now
           WHERE id = @id AND weights_deleted_at IS NULL AND (model_folder IS NOT NULL OR checkpoint_folder IS NOT NULL)`,
        { id, now: now.toISOString() },
      );
      return changed > 0;
    }),
  );
}

/** As far as they are still on the disk. */
export function restoreWeights(db: Database, ids: readonly string[]): void {
  db.transaction(() => {
    for (const id of ids) {
      db.run('UPDATE runs SET weights_deleted_at = NULL WHERE id = @id AND (model_folder IS NOT NULL OR checkpoint_folder IS NOT NULL)', {
        id,
      });
    }
  });
}

export interface DeletedWeights {
  id: string;
  folder: string;
}

const STARTS = `SELECT json_extract(spec, '$.start') FROM runs WHERE deleted_at IS NULL AND json_extract(spec, '$.start') IS NOT NULL
  UNION SELECT json_extract(spec, '$.start') FROM queue WHERE json_extract(spec, '$.start') IS NOT NULL`;

const TO_REMOVE = `(model_folder IS NOT NULL OR checkpoint_folder IS NOT NULL)
  AND (weights_deleted_at IS NOT NULL OR (deleted_at IS NOT NULL AND 'run:' || id NOT IN (${STARTS})))`;

/** Those that are still on the disk: deleted, or of a deleted run that no other run begins with. */
export const weightsToRemove = (db: Database): DeletedWeights[] => db.all(`SELECT id, folder FROM runs WHERE ${TO_REMOVE}`);

/** Whether this is still one of them. */
export const isToRemove = (db: Database, id: string): boolean =>
  db.get(`SELECT id FROM runs WHERE id = @id AND ${TO_REMOVE}`, { id }) !== undefined;

/** From then on nobody can bring them back. */
export const markWeightsRemoved = (db: Database, id: string, now = new Date()): number =>
  db.run(
    `UPDATE runs SET model_folder = NULL, checkpoint_folder = NULL, weights_deleted_at = coalesce(weights_deleted_at, @now) WHERE id = @id`,
    { id, now: now.toISOString() },
  );

export const refuseWithoutWeights = ({ weights_deleted_at: deletedAt }: { weights_deleted_at: string | null }): void => {
  if (deletedAt !== null) throw new FailureError({ kind: 'bad-setting', problem: WEIGHTS_DELETED });
};

/** Where runs lie that are not deleted. */
export const runFolders = (db: Database): { id: string; folder: string; weights_deleted_at: string | null }[] =>
  db.all('SELECT id, folder, weights_deleted_at FROM runs WHERE deleted_at IS NULL');
