// Questions about taking a trained model away: where to, how far it is, where it lies.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { EXPORT_CARDS, fileNameOf } from '#shared/exports';
import { FailureError } from '#shared/failure';
import { getRunRow } from '#store/runs';
import type { Handlers } from '../answer';
import type { Services } from '../services';
import { datasetFolder } from './datasets';
import { modelFolderOf } from './models';

type Questions = Pick<Handlers, 'exportModel' | 'cancelExport' | 'showExport'>;

export function exportQuestions(services: Services): Questions {
  const { db, desktop, send, tokens, trainer } = services;
  return {
    async exportModel(runId, as) {
      const modelFolder = modelFolderOf(services, runId);
      const { name } = getRunRow(db, runId);
      const { kind } = EXPORT_CARDS[as];
      const out = await desktop.save(fileNameOf(name, as));
      if (out === undefined) return null;
      if (isBelow(out, services.folders.root)) {
        throw new FailureError({
          kind: 'bad-setting',
          problem: 'That is in the folder where Overbatch keeps its own data. Choose another place.',
        });
      }
      // The dialog has asked whether a file may be replaced.
      const request = { modelFolder, as, out, name, replace: kind === 'file', ...knownData(services, runId) };
      const result = await trainer.export(request, (progress) => send({ kind: 'export-progress', progress }));
      return { ...result, token: tokens.remember(kind, out).token };
    },
    cancelExport: () => trainer.cancelExport(),
    async showExport(token) {
      const place = tokens.data(token);
      const isFolder = await stat(place).then(
        (found) => found.isDirectory(),
        () => undefined,
      );
      if (isFolder === undefined) {
        throw new FailureError({ kind: 'bad-setting', problem: `${path.basename(place)} is no longer there. Save it again.` });
      }
      await desktop.showFolder(isFolder ? place : path.dirname(place));
    },
  };
}

function isBelow(file: string, folder: string): boolean {
  const way = path.relative(folder, file);
  return way !== '' && !way.startsWith('..') && !path.isAbsolute(way);
}

/** Of the version the run was trained on; nothing where it was deleted. */
function knownData(services: Services, runId: string): { datasetFolder?: string } {
  const { dataset_id: id } = getRunRow(services.db, runId);
  if (id === null) return {};
  try {
    return { datasetFolder: datasetFolder(services, id) };
  } catch (error) {
    // Of a version that is gone; a database that cannot be read is another matter.
    if (error instanceof FailureError && ['dataset-missing', 'bad-setting'].includes(error.failure.kind)) return {};
    throw error;
  }
}
