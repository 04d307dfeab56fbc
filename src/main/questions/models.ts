// Questions to a trained model: what it is asked with, and what it says about a picture, a row, a table.
import { open } from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '#shared/failure';
import { fromStored } from '#store/location';
import { getRunRow } from '#store/runs';
import type { Handlers } from '../answer';
import { modelQuestion } from '../model-question';
import { MOST_PICTURE_BYTES } from '../question-schemas';
import type { Services } from '../services';

type Questions = Pick<
  Handlers,
  'choosePicture' | 'classify' | 'classifyBytes' | 'modelQuestion' | 'predictRow' | 'predictFile' | 'savePredictions'
>;

export function modelQuestions({ db, desktop, folders, tokens, trainer }: Services): Questions {
  const modelFolder = (runId: string): string => {
    const folder = getRunRow(db, runId).model_folder;
    if (folder !== null) return fromStored(folders.root, folder);
    throw new FailureError({
      kind: 'bad-setting',
      problem: 'This run has no saved model yet. Choose a run that was completed or stopped.',
    });
  };
  return {
    async choosePicture() {
      const chosen = await desktop.choose('picture');
      return chosen === undefined ? null : tokens.remember('file', chosen);
    },
    async classify(runId, token) {
      const model = modelFolder(runId);
      return trainer.classify(model, await readPicture(tokens.path('file', token)));
    },
    classifyBytes: (runId, picture) => trainer.classify(modelFolder(runId), picture),
    modelQuestion: (runId) => modelQuestion(modelFolder(runId)),
    predictRow: (runId, row) => trainer.predictRow(modelFolder(runId), row),
    predictFile: (runId, token) => trainer.predictFile(modelFolder(runId), tokens.path('file', token)),
    async savePredictions(runId, token) {
      const file = tokens.path('file', token);
      const { name } = path.parse(file);
      const out = await desktop.save(`${name} predicted.csv`);
      if (out === undefined) return null;
      if (path.resolve(out) === path.resolve(file)) {
        throw new FailureError({ kind: 'bad-setting', problem: 'That is the table itself. Choose another name, so that nothing is lost.' });
      }
      await trainer.predictFile(modelFolder(runId), file, out);
      return path.basename(out);
    },
  };
}

/** Never more than a picture can be, whatever was chosen. */
async function readPicture(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) throw new FailureError({ kind: 'bad-setting', problem: `${file} cannot be opened. Choose the picture again.` });
  try {
    const { size } = await handle.stat();
    const problem =
      size === 0
        ? 'This picture is empty.'
        : size > MOST_PICTURE_BYTES
          ? 'This picture is larger than 64 MiB. Choose a smaller one.'
          : undefined;
    if (problem) throw new FailureError({ kind: 'bad-setting', problem });
    return new Uint8Array(await handle.readFile());
  } finally {
    await handle.close();
  }
}
