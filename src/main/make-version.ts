// Makes a version in a folder of its own and writes it down: a new one, or the one that already has this content.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DatasetSummary, ImportProgress, SampleName } from '#shared/dataset';
import { addDataset, findDataset, getDataset, reviveVersion } from '#store/datasets';
import { fromStored, toStored } from '#store/location';
import type { Making } from './importer-host';
import type { Services } from './services';

/** Begins the name of a folder in which a version is being written. */
export const IMPORTING = 'importing-';

interface Wanted {
  making: Making;
  /** Of the data set it is the next version of; absent: a data set of its own. */
  series?: string;
  sample?: SampleName;
}

export async function makeVersion(
  { db, folders, importer, log }: Services,
  { making, series, sample }: Wanted,
  onProgress: (progress: ImportProgress) => void,
): Promise<DatasetSummary> {
  const id = randomUUID();
  const target = path.join(folders.datasets, id);
  // A folder around it: whatever a killed importer leaves goes with it.
  const importing = path.join(folders.datasets, IMPORTING + id);
  const version = path.join(importing, 'version');
  await mkdir(importing, { recursive: true });
  try {
    const { manifest, bytesOnDisk, difference } = await importer.make(making, version, onProgress);
    const known = findDataset(db, manifest.contentHash);
    if (known) {
      const knownFolder = fromStored(folders.root, known.folder);
      if (!existsSync(knownFolder)) await rename(version, knownFolder);
      reviveVersion(db, known.summary.id);
      return known.summary;
    }
    await rename(version, target);
    const next = series !== undefined && difference ? { series, difference } : undefined;
    try {
      addDataset(db, { id, manifest, folder: toStored(folders.root, target), bytesOnDisk, sample, next });
    } catch (error) {
      // A version the history does not know could be neither used nor deleted.
      await rm(target, { recursive: true, force: true });
      throw error;
    }
    return getDataset(db, id).summary;
  } finally {
    await rm(importing, { recursive: true, force: true, maxRetries: 10 }).catch((error: unknown) => log.error('import', error));
  }
}
