// Questions about data: choosing a folder, checking it, importing it, looking at it.
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Thumbnail } from '#shared/dataset-view';
import { reportCsv } from '#shared/check-csv';
import type { CheckReport, ImportOptions, ImportProgress, SampleName } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { deleteDataset, getDataset, listDatasets, restoreDataset } from '#store/datasets';
import { fromStored } from '#store/location';
import type { Handlers } from '../answer';
import { makeVersion } from '../make-version';
import { saveText } from '../save-text';
import type { Services } from '../services';
import { discardStopped, findStopped, listStopped, readRecord } from '../stopped-imports';
import { whenFree } from '../when-free';

type Questions = Pick<
  Handlers,
  | 'listDatasets'
  | 'chooseFolder'
  | 'chooseDataFile'
  | 'acceptDrop'
  | 'checkFolder'
  | 'saveReport'
  | 'importFolder'
  | 'importSample'
  | 'cancelImport'
  | 'pauseImport'
  | 'listStoppedImports'
  | 'resumeImport'
  | 'discardImport'
  | 'thumbnails'
  | 'deleteDataset'
  | 'restoreDataset'
>;

const THUMBNAILS_PER_CLASS = 8;
/** Sets of thumbnails kept in memory: those of the data sets looked at last. */
const MOST_GALLERIES = 4;
const MOST_REPORTS = 4;

export function datasetQuestions(services: Services): Questions {
  const { db, desktop, disk, folders, importer, log, recent, samplesFolder, send, tokens } = services;
  const galleries = new Map<string, Thumbnail[]>();
  const onProgress = (progress: ImportProgress) => send({ kind: 'import-progress', progress });
  const importInto = async (folder: string, options: ImportOptions, sample?: SampleName) => {
    const id = await findStopped(services, { folder, options, sample });
    return makeVersion(services, { making: { kind: 'import', folder, options }, sample, id }, onProgress);
  };
  /** Of the checks made last, by token: a report is saved as it was shown. */
  const reports = new Map<string, CheckReport>();

  return {
    listDatasets: () => listDatasets(db),
    async chooseFolder() {
      const chosen = await desktop.choose('folder');
      return chosen === undefined ? null : tokens.remember('folder', chosen);
    },
    async chooseDataFile() {
      const chosen = await desktop.choose('data-file');
      return chosen === undefined ? null : tokens.remember('file', chosen);
    },
    async acceptDrop(dropped) {
      const found = path.isAbsolute(dropped) ? await stat(dropped).catch(() => undefined) : undefined;
      if (!found) throw new FailureError({ kind: 'dataset-missing', path: dropped });
      return tokens.remember(found.isDirectory() ? 'folder' : 'file', dropped);
    },
    async checkFolder(token, choices) {
      const file = tokens.data(token);
      const report = await importer.check(file, choices, onProgress);
      // Whether it fits is told with it.
      await disk.look();
      // A list in a menu is no reason to lose the report, or to wait with it.
      void whenFree(() => recent.add(file)).catch((error: unknown) => log.error('recent-data', error));
      reports.delete(token);
      reports.set(token, report);
      for (const oldest of [...reports.keys()].slice(0, -MOST_REPORTS)) reports.delete(oldest);
      return report;
    },
    saveReport(token) {
      const report = reports.get(token);
      if (!report) throw new FailureError({ kind: 'bad-setting', problem: 'This folder was not checked yet. Choose it again.' });
      return saveText(desktop, `${report.name} check.csv`, () => reportCsv(report));
    },
    importFolder: (token, options) => importInto(tokens.data(token), options),
    async importSample(name) {
      const known = listDatasets(db).find((dataset) => dataset.sample === name);
      if (known && existsSync(fromStored(folders.root, getDataset(db, known.id).folder))) return known;
      const folder = path.join(samplesFolder, name);
      const { suggested } = await importer.check(folder, undefined, onProgress);
      return importInto(folder, suggested, name);
    },
    cancelImport: () => importer.cancel(),
    pauseImport: () => importer.pause(),
    listStoppedImports: () => listStopped(services),
    resumeImport(id) {
      const { folder, options, sample } = readRecord(services, id);
      return makeVersion(services, { making: { kind: 'import', folder, options }, sample, id }, onProgress);
    },
    discardImport: (id) => discardStopped(services, id),
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
  const { folder: stored, summary } = getDataset(db, id);
  const folder = fromStored(folders.root, stored);
  if (!existsSync(folder)) throw new FailureError({ kind: 'dataset-missing', path: folder, name: summary.name });
  return folder;
}
