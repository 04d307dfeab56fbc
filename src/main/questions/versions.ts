// Questions about the versions of a data set: making the next one, looking into one, deleting one.
import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ImportProgress } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { getDataset, markFreed, nextVersion, runsNeeding } from '#store/datasets';
import { fromStored } from '#store/location';
import type { Handlers } from '../answer';
import { makeVersion } from '../make-version';
import type { Services } from '../services';
import { datasetFolder } from './datasets';

type Questions = Pick<Handlers, 'editDataset' | 'addPictures' | 'viewDataset' | 'viewTable' | 'readTiles' | 'versionUse' | 'deleteVersion'>;

/** Names told in a refusal. */
const NAMED = 3;

export function versionQuestions(services: Services): Questions {
  const { db, folders, planning, send, tokens, viewer } = services;
  const onProgress = (progress: ImportProgress) => send({ kind: 'import-progress', progress });
  const seriesOf = (id: string): string => getDataset(db, id).summary.series;
  const folderOf = (id: string): string => fromStored(folders.root, getDataset(db, id).folder);

  return {
    editDataset(id, edits) {
      const making = { kind: 'edit' as const, base: datasetFolder(services, id), edits };
      return makeVersion(services, { making, series: seriesOf(id) }, onProgress);
    },
    addPictures(id, token, options) {
      const source = { folder: tokens.data(token), options, since: nextVersion(db, seriesOf(id)) };
      const making = { kind: 'grow' as const, base: datasetFolder(services, id), source };
      return makeVersion(services, { making, series: seriesOf(id) }, onProgress);
    },
    viewTable: (id, split) => viewer.table(datasetFolder(services, id), split),
    viewDataset: (id, split) => viewer.view(datasetFolder(services, id), split),
    readTiles: (id, request) => viewer.tiles(datasetFolder(services, id), request),
    versionUse: async (id) => ({ runs: runsNeeding(db, id), freesBytes: await ownBytes(folderOf(id)) }),
    async deleteVersion(id) {
      const runs = runsNeeding(db, id);
      if (runs.length > 0) {
        const named = runs.slice(0, NAMED).map((name) => `"${name}"`);
        const more = runs.length > NAMED ? ` and ${runs.length - NAMED} more` : '';
        const problem = `${runs.length === 1 ? 'The run' : 'The runs'} ${named.join(', ')}${more} ${runs.length === 1 ? 'needs' : 'need'} this version. Delete ${runs.length === 1 ? 'it' : 'them'} in the history first.`;
        throw new FailureError({ kind: 'bad-setting', problem });
      }
      const freedBytes = await ownBytes(folderOf(id));
      viewer.close();
      planning.leave();
      await rm(folderOf(id), { recursive: true, force: true, maxRetries: 5 });
      markFreed(db, id);
      return { freedBytes };
    },
  };
}

/** What no other version shares: only that comes back to the disk. */
async function ownBytes(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  const files = await Promise.all((await readdir(folder)).map((name) => stat(path.join(folder, name))));
  return files.reduce((sum, { size, nlink }) => sum + (nlink > 1 ? 0 : size), 0);
}
