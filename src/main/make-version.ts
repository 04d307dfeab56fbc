// Makes a version in a folder of its own and writes it down: a new one, or the one that already has this content.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DatasetSummary, ImportProgress, SampleName } from '#shared/dataset';
import { FailureError, toFailure } from '#shared/failure';
import { addDataset, findDataset, getDataset, reviveVersion } from '#store/datasets';
import { fromStored, toStored } from '#store/location';
import type { Making } from './importer-host';
import { withinOwn } from './own-folder';
import type { Services } from './services';
import { hasRecord, importingFolder, versionIn, whileGoingOn, writeRecord } from './stopped-imports';
import { LONG_PATIENCE_MILLISECONDS, whenFree } from './when-free';

interface Wanted {
  making: Making;
  /** Of the data set it is the next version of; absent: a data set of its own. */
  series?: string;
  sample?: SampleName;
  /** Of an import that was stopped and goes on. */
  id?: string;
}

export function makeVersion(
  services: Services,
  { id = randomUUID(), ...wanted }: Wanted,
  onProgress: (progress: ImportProgress) => void,
): Promise<DatasetSummary> {
  return whileGoingOn(id, () => makeUnder(id, services, wanted, onProgress));
}

async function makeUnder(
  id: string,
  services: Services,
  { making, series, sample }: Omit<Wanted, 'id'>,
  onProgress: (progress: ImportProgress) => void,
): Promise<DatasetSummary> {
  const { db, folders, importer, log } = services;
  const target = path.join(folders.datasets, id);
  const importing = importingFolder(services, id);
  const version = versionIn(importing);
  let canGoOn = false;
  try {
    await mkdir(importing, { recursive: true });
    if (making.kind === 'import' && !hasRecord(importing))
      await writeRecord(importing, { folder: making.folder, options: making.options, sample });
    const { manifest, bytesOnDisk, difference } = await importer.make(making, version, onProgress);
    const known = findDataset(db, manifest.contentHash);
    if (known) {
      const knownFolder = fromStored(folders.root, known.folder);
      if (!existsSync(knownFolder)) await rename(version, knownFolder);
      await whenFree(() => reviveVersion(db, known.summary.id), LONG_PATIENCE_MILLISECONDS);
      return known.summary;
    }
    await rename(version, target);
    const next = series !== undefined && difference ? { series, difference } : undefined;
    try {
      const added = { id, manifest, folder: toStored(folders.root, target), bytesOnDisk, sample, next };
      await whenFree(() => addDataset(db, added), LONG_PATIENCE_MILLISECONDS);
    } catch (error) {
      // A version the history does not know could be neither used nor deleted.
      await rm(target, { recursive: true, force: true });
      throw error;
    }
    return getDataset(db, id).summary;
  } catch (error) {
    canGoOn = making.kind === 'import' && (await leftSome(services, version, error));
    const failure = toFailure(error);
    if (failure.kind === 'no-room' || failure.kind === 'disk-full') throw new FailureError(withinOwn(failure, folders.root));
    throw failure.kind === 'stopped' && !canGoOn ? new FailureError({ ...failure, done: 0 }) : error;
  } finally {
    if (!canGoOn)
      await rm(importing, { recursive: true, force: true, maxRetries: 10 }).catch((error: unknown) => log.error('import', error));
  }
}

/** Whatever it failed of, short of being cancelled. Where nobody can tell, the next start looks again. */
async function leftSome({ importer }: Services, version: string, error: unknown): Promise<boolean> {
  if (toFailure(error).kind === 'cancelled') return false;
  return importer.stoppedAt(version).then(
    (at) => at !== undefined,
    () => true,
  );
}
