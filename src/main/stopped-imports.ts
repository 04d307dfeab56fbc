// Imports that were ended before their end and can go on: what each was of lies beside what it left.
import { existsSync, readFileSync, type Stats } from 'node:fs';
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { StoppedImport } from '#shared/stopped-import';
import { ImportOptionsSchema, SampleNameSchema, type StoppedAt } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { IMPORTING } from '#shared/importing';
import type { Services } from './services';

const RECORD_FILE = 'import.json';

const RecordSchema = v.object({ folder: v.string(), options: ImportOptionsSchema, sample: v.optional(SampleNameSchema) });
export type ImportRecord = v.InferOutput<typeof RecordSchema>;

/** Ids of those that are going on at this moment. */
const goingOn = new Set<string>();

type Place = Pick<Services, 'folders'>;

export const importingFolder = ({ folders }: Place, id: string): string => path.join(folders.datasets, IMPORTING + id);
/** Where its version is written; the folder around it takes whatever a killed importer leaves. */
export const versionIn = (importing: string): string => path.join(importing, 'version');

/** Whole or not at all. */
export async function writeRecord(importing: string, record: ImportRecord): Promise<void> {
  const place = path.join(importing, RECORD_FILE);
  await writeFile(`${place}.new`, JSON.stringify(record));
  await rename(`${place}.new`, place);
}

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

/** What nothing can go on with is removed. One that cannot be looked at hides no other, and is looked at again the next time. */
export async function listStopped(place: Pick<Services, 'folders' | 'importer' | 'log'>): Promise<StoppedImport[]> {
  const stopped: StoppedImport[] = [];
  for (const id of await idsIn(place)) {
    const importing = importingFolder(place, id);
    const record = recordOf(importing);
    try {
      const at = record && (await place.importer.stoppedAt(versionIn(importing)));
      // Meanwhile it may have been gone on with.
      if (goingOn.has(id)) continue;
      if (at) stopped.push(toldOf(id, record, at, await stat(path.join(importing, RECORD_FILE))));
      else await discardStopped(place, id);
    } catch (error) {
      place.log.error('import', error);
    }
  }
  return stopped;
}

const toldOf = (id: string, { folder }: ImportRecord, { done, total }: StoppedAt, { mtime }: Stats): StoppedImport => ({
  id,
  name: path.basename(folder),
  parent: path.basename(path.dirname(folder)),
  begunAt: mtime.toISOString(),
  done,
  total,
});

/** The one that was to import the same in the same way. */
export async function findStopped(place: Place, record: ImportRecord): Promise<string | undefined> {
  const wanted = JSON.stringify(v.parse(RecordSchema, record));
  return (await idsIn(place)).find((id) => JSON.stringify(recordOf(importingFolder(place, id))) === wanted);
}

/** @throws FailureError bad-setting for one that is going on */
export async function discardStopped(place: Place, id: string): Promise<void> {
  await whileGoingOn(id, () => rm(importingFolder(place, id), { recursive: true, force: true, maxRetries: 5 }));
}

/** Nobody else goes on with it, discards it or lists it meanwhile. @throws FailureError bad-setting where somebody does already */
export async function whileGoingOn<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
  if (goingOn.has(id))
    throw new FailureError({ kind: 'bad-setting', problem: 'This import is going on already. Wait, or cancel it first.' });
  goingOn.add(id);
  try {
    return await work();
  } finally {
    goingOn.delete(id);
  }
}
