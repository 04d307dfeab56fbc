// Runs of so many steps that nobody waits for them to be trained: their rows are written by SQLite itself.
import type { Database } from '#store/database';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { recordRunEvent } from '#store/run-events';
import { createRun, getRunRow } from '#store/runs';
import { addBlocks } from '#store/step-blocks';
import { finished, plan, started } from '../store/sample-values';

const STEPS_AN_EPOCH = 100;

/** Completed; its curves fall and shake. */
export function longRun(db: Database, { id, steps, spec = DEFAULT_SPEC }: { id: string; steps: number; spec?: RunSpec }): void {
  const epochs = Math.floor(steps / STEPS_AN_EPOCH);
  createRun(db, { id, spec: { ...spec, epochs }, folder: `runs/${id}`, datasetName: 'digits' });
  recordRunEvent(db, id, started);
  recordRunEvent(db, id, { kind: 'planned', plan });
  const { key } = getRunRow(db, id);
  const counted = (most: string) => `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${most})`;
  // Not random(): a history that is the same each time.
  const shaken = '(i * 2654435761 % 1000) / 1000.0';
  db.run(
    `INSERT INTO steps (run, step, epoch, loss, accuracy, samples, seconds, learning_rate, memory_bytes) ${counted('@steps')}
       SELECT @key, i, (i - 1) / ${STEPS_AN_EPOCH} + 1, 2.0 / (1 + i * 20.0 / @steps) + 0.2 * ${shaken}, 0.5 + 0.4 * ${shaken}, 256, i / 100.0, 0.001, 1e6 + i % 7
       FROM n`,
    { key, steps },
  );
  addBlocks(db, key, 1, steps);
  db.run(
    `INSERT INTO epochs (run, epoch, step, train_loss, train_accuracy, validation_loss, validation_accuracy, seconds) ${counted('@epochs')}
       SELECT @key, i, i * ${STEPS_AN_EPOCH}, 2.0 / (1 + i * 20.0 / @epochs), 0.9, 2.1 / (1 + i * 20.0 / @epochs) + 0.05 * ${shaken}, 0.8 + 0.1 * ${shaken}, i * 1.0
       FROM n`,
    { key, epochs },
  );
  recordRunEvent(db, id, finished('completed', steps / 100));
}
