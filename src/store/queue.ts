// The runs that wait for their turn, in their order.
import type { Expected, QueuedRun } from '#shared/queue';
import type { RunSpec } from '#shared/run-spec';
import type { Database } from './database';

interface QueueRow {
  id: string;
  dataset_id: string;
  dataset_name: string;
  spec: string;
  name: string | null;
  repeat_of: string | null;
  expected: string | null;
}

export type NewQueued = Pick<QueuedRun, 'id' | 'datasetId' | 'spec' | 'name' | 'repeatOf' | 'expected'>;

/** At the end. */
export function addQueued(db: Database, { id, datasetId, spec, name, repeatOf, expected }: NewQueued, now = new Date()): void {
  db.run(
    `INSERT INTO queue (id, place, dataset_id, spec, name, repeat_of, expected, added_at)
       VALUES (@id, (SELECT coalesce(max(place), 0) + 1 FROM queue), @datasetId, @spec, @name, @repeatOf, @expected, @now)`,
    {
      id,
      datasetId,
      spec: JSON.stringify(spec),
      name: name ?? null,
      repeatOf: repeatOf ?? null,
      expected: expected ? JSON.stringify(expected) : null,
      now: now.toISOString(),
    },
  );
}

/** Before all that wait. */
export function addFirst(db: Database, run: NewQueued): void {
  addQueued(db, run);
  db.run('UPDATE queue SET place = (SELECT min(place) FROM queue) - 1 WHERE id = @id', { id: run.id });
}

export function listQueue(db: Database): QueuedRun[] {
  const rows = db.all<QueueRow>(
    `SELECT queue.id, dataset_id, datasets.name AS dataset_name, spec, queue.name, repeat_of, expected
       FROM queue JOIN datasets ON datasets.id = dataset_id ORDER BY place`,
  );
  return rows.map((row) => ({
    id: row.id,
    datasetId: row.dataset_id,
    datasetName: row.dataset_name,
    spec: JSON.parse(row.spec) as RunSpec,
    ...(row.name !== null && { name: row.name }),
    ...(row.repeat_of !== null && { repeatOf: row.repeat_of }),
    ...(row.expected !== null && { expected: JSON.parse(row.expected) as Expected }),
  }));
}

/** One place up or down; at either end nothing changes. */
export function moveQueued(db: Database, id: string, by: -1 | 1): void {
  db.transaction(() => {
    const ids = listQueue(db).map((run) => run.id);
    const from = ids.indexOf(id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= ids.length) return;
    [ids[from], ids[to]] = [ids[to], ids[from]];
    ids.forEach((each, place) => db.run('UPDATE queue SET place = @place WHERE id = @each', { place, each }));
  });
}

export function removeQueued(db: Database, id: string): void {
  db.run('DELETE FROM queue WHERE id = @id', { id });
}
