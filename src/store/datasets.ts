// The imported data set versions. Removing a data set hides its versions; their folders stay until no run needs them.
import { assertNever } from '#shared/assert-never';
import type { DatasetManifest, DatasetSummary, SummaryFacts } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import type { Task } from '#shared/table';
import type { VersionDifference } from '#shared/version-difference';
import type { Database } from './database';

interface DatasetRow {
  id: string;
  kind: DatasetSummary['kind'];
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
  series: string;
  version: number;
  difference: string | null;
  task: Task | null;
  target: string | null;
}

const COLUMNS = `id, kind, name, content_hash, folder, labels, width, height, channels, count, left_out, own_split, bytes_on_disk, created_at,
   sample, task, target, series, version, difference`;

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
  /** The data set it is the next version of, and what is different from the one it was made from; absent: a data set of its own. */
  next?: { series: string; difference: VersionDifference };
}

export function addDataset(db: Database, { id, manifest, folder, bytesOnDisk, sample, next }: NewDataset): void {
  const series = next?.series ?? id;
  db.run(
    `INSERT INTO datasets (${COLUMNS}) VALUES (@id, @kind, @name, @hash, @folder, @labels, @width, @height, @channels, @count,
       @leftOut, @ownSplit, @bytesOnDisk, @createdAt, @sample, @task, @target,
       @series, (SELECT coalesce(max(version), 0) + 1 FROM datasets WHERE series = @series), @difference)`,
    {
      id,
      kind: manifest.kind,
      name: manifest.name,
      hash: manifest.contentHash,
      folder,
      labels: JSON.stringify(manifest.labels),
      ...shapeOf(manifest),
      count: manifest.count,
      leftOut: manifest.leftOut.length,
      ownSplit: manifest.ownSplit ? 1 : 0,
      bytesOnDisk,
      createdAt: manifest.createdAt,
      sample: sample ?? null,
      series,
      difference: next ? JSON.stringify(next.difference) : null,
    },
  );
  takeIn(db, id, manifest.contentHash);
}

/** Runs of another computer that learnt from these very data belong to them from now on; one of the command line, which has checkpoints, goes on there. */
function takeIn(db: Database, id: string, hash: string): void {
  const sql = `UPDATE runs SET dataset_id = @id WHERE dataset_id IS NULL AND checkpoint_folder IS NULL AND state <> 'running'
    AND json_extract(receipt, '$.dataset.contentHash') = @hash`;
  db.run(sql, { id, hash });
}

export function listDatasets(db: Database): DatasetSummary[] {
  return db.all<DatasetRow>(`SELECT ${COLUMNS} FROM datasets WHERE deleted_at IS NULL ORDER BY created_at DESC, id`).map(summary);
}

/** Deleted or not. */
export const hasDataset = (db: Database, id: string): boolean => db.get('SELECT 1 FROM datasets WHERE id = @id', { id }) !== undefined;

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

/** The number the next version of this data set gets. */
export function nextVersion(db: Database, series: string): number {
  return (
    db.get<{ next: number }>('SELECT coalesce(max(version), 0) + 1 AS next FROM datasets WHERE series = @series', { series })?.next ?? 1
  );
}

/** Hides all versions of the data set this one belongs to. */
export function deleteDataset(db: Database, id: string, now = new Date()): void {
  const { series } = getDataset(db, id).summary;
  db.run('UPDATE datasets SET deleted_at = @now WHERE series = @series AND deleted_at IS NULL', { series, now: now.toISOString() });
}

/** Undoes it; versions whose folder is gone stay away. */
export function restoreDataset(db: Database, id: string): void {
  const { series } = getDataset(db, id).summary;
  db.run('UPDATE datasets SET deleted_at = NULL WHERE series = @series AND freed_at IS NULL', { series });
}

/** This version alone, whose folder is there again. */
export function reviveVersion(db: Database, id: string): void {
  db.run('UPDATE datasets SET deleted_at = NULL, freed_at = NULL WHERE id = @id', { id });
}

/** Its folder is gone: hidden for good, unless the same content is imported again. */
export function markFreed(db: Database, id: string, now = new Date()): void {
  db.run('UPDATE datasets SET deleted_at = coalesce(deleted_at, @now), freed_at = @now WHERE id = @id', { id, now: now.toISOString() });
}

/** Names of the runs in the history that were trained with this version: what they would be repeated or gone on with. */
export function runsNeeding(db: Database, id: string): string[] {
  const rows = db.all<{ name: string }>('SELECT name FROM runs WHERE dataset_id = @id AND deleted_at IS NULL ORDER BY started_at DESC', {
    id,
  });
  return rows.map(({ name }) => name);
}

/** Hidden versions that no run needs, over or waiting, and whose folder is still there. */
export function unneededDatasets(db: Database): StoredDataset[] {
  const rows = db.all<DatasetRow>(
    `SELECT ${COLUMNS} FROM datasets WHERE deleted_at IS NOT NULL AND freed_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM runs WHERE dataset_id = datasets.id AND runs.deleted_at IS NULL)
       AND NOT EXISTS (SELECT 1 FROM queue WHERE dataset_id = datasets.id)`,
  );
  return rows.map((row) => ({ summary: summary(row), folder: row.folder }));
}

function shapeOf(manifest: DatasetManifest) {
  switch (manifest.kind) {
    case 'image-classes':
    case 'segmentation':
      return { width: manifest.width, height: manifest.height, channels: manifest.channels, task: null, target: null };
    case 'table':
      return { width: manifest.columns.length, height: 1, channels: 1, task: manifest.task, target: manifest.target };
    default:
      return assertNever(manifest);
  }
}

function summary(row: DatasetRow): DatasetSummary {
  const facts: SummaryFacts = {
    id: row.id,
    name: row.name,
    contentHash: row.content_hash,
    labels: JSON.parse(row.labels) as string[],
    count: row.count,
    leftOut: row.left_out,
    ownSplit: row.own_split === 1,
    bytesOnDisk: row.bytes_on_disk,
    createdAt: row.created_at,
    series: row.series,
    version: row.version,
    ...(row.difference !== null && { difference: JSON.parse(row.difference) as VersionDifference }),
    ...(row.sample !== null && { sample: row.sample }),
  };
  switch (row.kind) {
    case 'image-classes':
    case 'segmentation':
      return { kind: row.kind, ...facts, width: row.width, height: row.height, channels: row.channels };
    case 'table':
      return { kind: row.kind, ...facts, columns: row.width, task: row.task ?? 'classification', target: row.target ?? '' };
    default:
      return assertNever(row.kind);
  }
}
