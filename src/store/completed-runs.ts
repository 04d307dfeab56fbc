// The completed runs of the same data, with no more than what tells repeats apart and what they came to.
import type { Repeated } from '#shared/comparison/repeats';
import type { MainScores } from '#shared/metric-words';
import type { RunSpec } from '#shared/run-spec';
import type { Database } from './database';

interface Row {
  id: string;
  spec: string;
  started_at: string;
  validation_accuracy: number | null;
  scores: string | null;
}

/** What the data of a run are, also of one of the command line, whose data were never here. */
const CONTENT = `coalesce((SELECT content_hash FROM datasets WHERE datasets.id = dataset_id), json_extract(receipt, '$.dataset.contentHash'))`;

/** Without the deleted ones. @param data SHA-256 of their content */
export function completedRuns(db: Database, data: string): Repeated[] {
  const rows = db.all<Row>(
    `SELECT id, spec, started_at, validation_accuracy, scores FROM runs
       WHERE state = 'completed' AND deleted_at IS NULL AND ${CONTENT} = @data`,
    { data },
  );
  return rows.map(({ id, spec, started_at: startedAt, validation_accuracy: accuracy, scores }) => ({
    id,
    state: 'completed',
    spec: JSON.parse(spec) as RunSpec,
    data,
    startedAt,
    ...(accuracy !== null && { validationAccuracy: accuracy }),
    ...(scores !== null && { validationScores: JSON.parse(scores) as MainScores }),
  }));
}
