// Questions about data: choosing a folder, checking it, importing it, looking at it.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Thumbnail } from '#shared/contract';
import type { DatasetSummary, ImportOptions, ImportProgress, SampleName } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { addDataset, deleteDataset, findDataset, getDataset, listDatasets, restoreDataset } from '#store/datasets';
import { fromStored, toStored } from '#store/location';
import type { Handlers } from '../answer';
import type { Services } from '../services';

type Questions = Pick<
  Handlers,
  | 'listDatasets'
  | 'chooseFolder'
  | 'acceptDrop'
  | 'checkFolder'
  | 'importFolder'
  | 'importSample'
  | 'cancelImport'
  | 'thumbnails'
  | 'deleteDataset'
  | 'restoreDataset'
>;

const THUMBNAILS_PER_CLASS = 8;
/** Sets of thumbnails kept in memory: those of the data sets looked at last. */
const MOST_GALLERIES = 4;

/** Begins the name of a folder in which a version is being written. */
export const IMPORTING = 'importing-';

export function datasetQuestions(services: Services): Questions {
  const { db, desktop, folders, importer, samplesFolder, send, tokens } = services;
  const galleries = new Map<string, Thumbnail[]>();
  const onProgress = (progress: ImportProgress) => send({ kind: 'import-progress', progress });
  const importInto = (folder: string, options: ImportOptions, sample?: SampleName) =>
    importFolder(services, folder, options, onProgress, sample);

  return {
    listDatasets: () => listDatasets(db),
    async chooseFolder() {
      const chosen = await desktop.choose('folder');
      return chosen === undefined ? null : tokens.remember('folder', chosen);
    },
    async acceptDrop(dropped) {
      const found = path.isAbsolute(dropped) ? await stat(dropped).catch(() => undefined) : undefined;
      if (!found) throw new FailureError({ kind: 'dataset-missing', path: dropped });
      return tokens.remember(found.isDirectory() ? 'folder' : 'file', dropped);
    },
    checkFolder: (token) => importer.check(tokens.path('folder', token), onProgress),
    importFolder: (token, options) => importInto(tokens.path('folder', token), options),
    async importSample(name) {
      const known = listDatasets(db).find((dataset) => dataset.sample === name);
      if (known && existsSync(fromStored(folders.root, getDataset(db, known.id).folder))) return known;
      const folder = path.join(samplesFolder, name);
      const { suggested } = await importer.check(folder, onProgress);
      return importInto(folder, suggested, name);
    },
    cancelImport: () => importer.cancel(),
    async thumbnails(id) {
      const known = galleries.get(id);
      if (known) return known;
      const gallery = await importer.thumbnails(datasetFolder(services, id), THUMBNAILS_PER_CLASS);
      galleries.set(id, gallery);
      for (const oldest of [...galleries.keys()].slice(0, -MOST_GALLERIES)) galleries.delete(oldest);
      return gallery;
    },
    deleteDataset: (id) => deleteDataset(db, id),
    restoreDataset: (id) => restoreDataset(db, id),
  };
}

/** Where a version lies; a failure when somebody moved it. */
export function datasetFolder({ db, folders }: Pick<Services, 'db' | 'folders'>, id: string): string {
  const folder = fromStored(folders.root, getDataset(db, id).folder);
  if (!existsSync(folder)) throw new FailureError({ kind: 'dataset-missing', path: folder });
  return folder;
}

/** A new version, or the one that already has this content. */
async function importFolder(
  { db, folders, importer, log }: Services,
  folder: string,
  options: ImportOptions,
  onProgress: (progress: ImportProgress) => void,
  sample?: SampleName,
): Promise<DatasetSummary> {
  const id = randomUUID();
  const target = path.join(folders.datasets, id);
  // A folder around it: whatever a killed importer leaves goes with it.
  const importing = path.join(folders.datasets, IMPORTING + id);
  const version = path.join(importing, 'version');
  await mkdir(importing, { recursive: true });
  try {
    const { manifest, bytesOnDisk } = await importer.import(folder, options, version, onProgress);
    const known = findDataset(db, manifest.contentHash);
    if (known) {
      const knownFolder = fromStored(folders.root, known.folder);
      if (!existsSync(knownFolder)) await rename(version, knownFolder);
      restoreDataset(db, known.summary.id);
      return known.summary;
    }
    await rename(version, target);
    try {
      addDataset(db, { id, manifest, folder: toStored(folders.root, target), bytesOnDisk, sample });
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
