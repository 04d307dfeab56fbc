// The completed runs of a version of the data, with no more than what tells repeats apart and what they came to.
import type { RunSummary } from '#shared/run-record';
import type { MainScores } from '#shared/metric-words';
import type { RunSpec } from '#shared/run-spec';
import type { Database } from './database';

export type CompletedRun = Pick<
  RunSummary,
  'id' | 'state' | 'spec' | 'datasetId' | 'startedAt' | 'validationAccuracy' | 'validationScores'
>;

interface Row {
  id: string;
  spec: string;
  started_at: string;
  validation_accuracy: number | null;
  scores: string | null;
}

/** Without the deleted ones. */
export function completedRuns(db: Database, datasetId: string): CompletedRun[] {
  const rows = db.all<Row>(
    `SELECT id, spec, started_at, validation_accuracy, scores FROM runs
       WHERE dataset_id = @datasetId AND state = 'completed' AND deleted_at IS NULL`,
    { datasetId },
  );
  return rows.map(({ id, spec, started_at: startedAt, validation_accuracy: accuracy, scores }) => ({
    id,
    state: 'completed',
    spec: JSON.parse(spec) as RunSpec,
    datasetId,
    startedAt,
    ...(accuracy !== null && { validationAccuracy: accuracy }),
    ...(scores !== null && { validationScores: JSON.parse(scores) as MainScores }),
  }));
}
