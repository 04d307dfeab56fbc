// The imported data set versions. Deleting one hides it; the folder stays until it is emptied.
import type { DatasetManifest, DatasetSummary } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import type { Database } from './database';

interface DatasetRow {
  id: string;
  name: string;
  content_hash: string;
  folder: string;
  labels: string;
  width: number;
  height: number;
  channels: 1 | 3;
  count: number;
  left_out: number;
  own_split: 0 | 1;
  bytes_on_disk: number;
  created_at: string;
  sample: string | null;
}

const COLUMNS =
  'id, name, content_hash, folder, labels, width, height, channels, count, left_out, own_split, bytes_on_disk, created_at, sample';

/** A data set and where its version lies. */
export interface StoredDataset {
  summary: DatasetSummary;
  folder: string;
}

export interface NewDataset {
  id: string;
  manifest: DatasetManifest;
  folder: string;
  bytesOnDisk: number;
  sample?: string;
}

export function addDataset(db: Database, { id, manifest, folder, bytesOnDisk, sample }: NewDataset): void {
  db.run(
    `INSERT INTO datasets (${COLUMNS}) VALUES (@id, @name, @hash, @folder, @labels, @width, @height, @channels, @count,
       @leftOut, @ownSplit, @bytesOnDisk, @createdAt, @sample)`,
    {
      id,
      name: manifest.name,
      hash: manifest.contentHash,
      folder,
      labels: JSON.stringify(manifest.labels),
      width: manifest.width,
      height: manifest.height,
      channels: manifest.channels,
      count: manifest.count,
      leftOut: manifest.leftOut.length,
      ownSplit: manifest.ownSplit ? 1 : 0,
      bytesOnDisk,
      createdAt: manifest.createdAt,
      sample: sample ?? null,
    },
  );
}

export function listDatasets(db: Database): DatasetSummary[] {
  return db.all<DatasetRow>(`SELECT ${COLUMNS} FROM datasets WHERE deleted_at IS NULL ORDER BY created_at DESC, id`).map(summary);
}

/** Also a deleted one: a run that points to it can still be read and repeated. */
export function getDataset(db: Database, id: string): StoredDataset {
  const row = db.get<DatasetRow>(`SELECT ${COLUMNS} FROM datasets WHERE id = @id`, { id });
  if (!row) throw new FailureError({ kind: 'bad-setting', problem: 'This data set is not in the list any more. Choose another one.' });
  return { summary: summary(row), folder: row.folder };
}

/** The version with this content, deleted or not. */
export function findDataset(db: Database, contentHash: string): StoredDataset | undefined {
  const row = db.get<DatasetRow>(`SELECT ${COLUMNS} FROM datasets WHERE content_hash = @contentHash`, { contentHash });
  return row && { summary: summary(row), folder: row.folder };
}

export function deleteDataset(db: Database, id: string, now = new Date()): void {
  getDataset(db, id);
  db.run('UPDATE datasets SET deleted_at = @now WHERE id = @id AND deleted_at IS NULL', { id, now: now.toISOString() });
}

export function restoreDataset(db: Database, id: string): void {
  getDataset(db, id);
  db.run('UPDATE datasets SET deleted_at = NULL WHERE id = @id', { id });
}

function summary(row: DatasetRow): DatasetSummary {
  return {
    id: row.id,
    name: row.name,
    contentHash: row.content_hash,
    labels: JSON.parse(row.labels) as string[],
    width: row.width,
    height: row.height,
    channels: row.channels,
    count: row.count,
    leftOut: row.left_out,
    ownSplit: row.own_split === 1,
    bytesOnDisk: row.bytes_on_disk,
    createdAt: row.created_at,
    ...(row.sample !== null && { sample: row.sample }),
  };
}
