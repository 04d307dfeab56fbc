// Imports that were ended before their end and can go on: what each was of lies beside what it left.
import { existsSync, readFileSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { StoppedImport } from '#shared/contract';
import { ImportOptionsSchema, SampleNameSchema } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import type { Services } from './services';

/** Begins the name of a folder in which a version is being written. */
export const IMPORTING = 'importing-';
const RECORD_FILE = 'import.json';

const RecordSchema = v.object({ folder: v.string(), options: ImportOptionsSchema, sample: v.optional(SampleNameSchema) });
export type ImportRecord = v.InferOutput<typeof RecordSchema>;

/** Ids of those that are going on at this moment. */
export const goingOn = new Set<string>();

type Place = Pick<Services, 'folders'>;

export const importingFolder = ({ folders }: Place, id: string): string => path.join(folders.datasets, IMPORTING + id);
/** Where its version is written; the folder around it takes whatever a killed importer leaves. */
export const versionIn = (importing: string): string => path.join(importing, 'version');

export const writeRecord = (importing: string, record: ImportRecord): Promise<void> =>
  writeFile(path.join(importing, RECORD_FILE), JSON.stringify(record));

/** At start, before anybody looked. */
export const hasRecord = (importing: string): boolean => existsSync(path.join(importing, RECORD_FILE));

/** @throws FailureError bad-setting where there is no such import any more */
export function readRecord(place: Place, id: string): ImportRecord {
  const record = recordOf(importingFolder(place, id));
  if (record) return record;
  throw new FailureError({ kind: 'bad-setting', problem: 'This import cannot go on: what it left is gone. Import the data again.' });
}

/** Undefined where there is none, or a kill cut it off. */
function recordOf(importing: string): ImportRecord | undefined {
  try {
    return v.parse(RecordSchema, JSON.parse(readFileSync(path.join(importing, RECORD_FILE), 'utf8')));
  } catch {
    return undefined;
  }
}

async function idsIn({ folders }: Place): Promise<string[]> {
  const names = await readdir(folders.datasets).catch(() => []);
  const ids = names.filter((name) => name.startsWith(IMPORTING)).map((name) => name.slice(IMPORTING.length));
  return ids.filter((id) => !goingOn.has(id));
}

/** What nothing can go on with is removed. */
export async function listStopped(place: Pick<Services, 'folders' | 'importer'>): Promise<StoppedImport[]> {
  const stopped: StoppedImport[] = [];
  for (const id of await idsIn(place)) {
    const importing = importingFolder(place, id);
    const record = recordOf(importing);
    const at = record && (await place.importer.stoppedAt(versionIn(importing)));
    if (at) stopped.push({ id, name: path.basename(record.folder), done: at.done, total: at.total });
    else await rm(importing, { recursive: true, force: true });
  }
  return stopped;
}

/** The one that was to import the same in the same way. */
export async function findStopped(place: Place, record: ImportRecord): Promise<string | undefined> {
  const wanted = JSON.stringify(v.parse(RecordSchema, record));
  return (await idsIn(place)).find((id) => JSON.stringify(recordOf(importingFolder(place, id))) === wanted);
}

export const discardStopped = (place: Place, id: string): Promise<void> =>
  rm(importingFolder(place, id), { recursive: true, force: true, maxRetries: 5 });
