// Questions about the versions of a data set: making the next one, looking into one, deleting one.
import { rm } from 'node:fs/promises';
import type { ImportProgress } from '#shared/dataset';
import { queuedName } from '#shared/queue';
import { getDataset, markFreed, nextVersion, runsNeeding } from '#store/datasets';
import { listQueue } from '#store/queue';
import { fromStored } from '#store/location';
import type { Handlers } from '../answer';
import { makeVersion } from '../make-version';
import type { Services } from '../services';
import { LONG_PATIENCE_MILLISECONDS, whenFree } from '../when-free';
import { datasetFolder } from './datasets';
import { ownBytes, refuseNeeded } from './needed';

type Questions = Pick<Handlers, 'editDataset' | 'addPictures' | 'viewDataset' | 'viewTable' | 'readTiles' | 'versionUse' | 'deleteVersion'>;

export function versionQuestions(services: Services): Questions {
  const { db, folders, planning, send, tokens, trainer, viewer } = services;
  const onProgress = (progress: ImportProgress) => send({ kind: 'import-progress', progress });
  const seriesOf = (id: string): string => getDataset(db, id).summary.series;
  const waitingFor = (id: string): string[] =>
    listQueue(db)
      .filter(({ datasetId }) => datasetId === id)
      .map(queuedName);
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
    versionUse: async (id) => ({ runs: [...runsNeeding(db, id), ...waitingFor(id)], freesBytes: await ownBytes(folderOf(id)) }),
    async deleteVersion(id) {
      refuseNeeded(runsNeeding(db, id), waitingFor(id), 'this version');
      const freedBytes = await ownBytes(folderOf(id));
      viewer.close();
      // Nothing may have its files open.
      planning.close();
      trainer.cancelPlan();
      await rm(folderOf(id), { recursive: true, force: true, maxRetries: 5 });
      await whenFree(() => markFreed(db, id), LONG_PATIENCE_MILLISECONDS);
      return { freedBytes };
    },
  };
}
