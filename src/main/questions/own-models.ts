// Questions about models of a person's own: taking one in, which there are, deleting one.
import { access, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '#shared/failure';
import { ABOUT_OWN_MODEL, isOwnModelId, parseOwnModel, type OwnModel } from '#shared/own-model';
import { queuedName } from '#shared/queue';
import { listQueue } from '#store/queue';
import { runsBegunWith } from '#store/runs';
import type { Handlers } from '../answer';
import type { Services } from '../services';
import { ownBytes, refuseNeeded } from './needed';

type Questions = Pick<Handlers, 'chooseModel' | 'listModels' | 'modelUse' | 'deleteModel'>;

export function ownModelQuestions({ db, desktop, folders, trainer }: Services): Questions {
  const folderOf = (id: string): string => path.join(folders.models, id);
  const needing = (id: string): string[] => runsBegunWith(db, `model:${id}`);
  const waitingFor = (id: string): string[] =>
    listQueue(db)
      .filter(({ spec }) => spec.start === `model:${id}`)
      .map(queuedName);
  return {
    async chooseModel() {
      const chosen = await desktop.choose('model');
      return chosen === undefined ? null : trainer.takeModel(chosen, folders.models);
    },
    async listModels() {
      const ids = await readdir(folders.models).catch(() => []);
      const found = await Promise.all(ids.map((id) => aboutOf(folderOf(id))));
      return found.filter((model) => model !== undefined).sort((a, b) => a.name.localeCompare(b.name, 'en'));
    },
    modelUse: async (id) => ({ runs: [...needing(id), ...waitingFor(id)], freesBytes: await ownBytes(folderOf(id)) }),
    async deleteModel(id) {
      refuseNeeded(needing(id), waitingFor(id), 'this model');
      const freedBytes = await ownBytes(folderOf(id));
      await rm(folderOf(id), { recursive: true, force: true, maxRetries: 5 });
      return { freedBytes };
    },
  };
}

/** Of one that was taken in. @throws FailureError bad-setting for what is no id of one */
export function modelFile(models: string, id: string): string {
  if (!isOwnModelId(id)) throw new FailureError({ kind: 'bad-setting', problem: 'This model is not known here. Choose its file again.' });
  return path.join(models, id, 'model.json');
}

/** Undefined for what is no model taken in, or no longer whole. */
async function aboutOf(folder: string): Promise<OwnModel | undefined> {
  const text = await readFile(path.join(folder, ABOUT_OWN_MODEL), 'utf8').catch(() => undefined);
  const about = text === undefined ? undefined : parseOwnModel(text);
  if (about?.id !== path.basename(folder)) return undefined;
  const files = ['model.json', 'weights.bin'].map((name) => access(path.join(folder, name)));
  return Promise.all(files).then(
    () => about,
    () => undefined,
  );
}
