// Questions about models of a person's own: taking one in, and which there are.
import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '#shared/failure';
import { ABOUT_OWN_MODEL, isOwnModelId, parseOwnModel, type OwnModel } from '#shared/own-model';
import type { Handlers } from '../answer';
import type { Services } from '../services';

type Questions = Pick<Handlers, 'chooseModel' | 'listModels'>;

export function ownModelQuestions({ desktop, folders, trainer }: Services): Questions {
  return {
    async chooseModel() {
      const chosen = await desktop.choose('model');
      return chosen === undefined ? null : trainer.takeModel(chosen, folders.models);
    },
    async listModels() {
      const ids = await readdir(folders.models).catch(() => []);
      const found = await Promise.all(ids.map((id) => aboutOf(path.join(folders.models, id))));
      return found.filter((model) => model !== undefined).sort((a, b) => a.name.localeCompare(b.name, 'en'));
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
