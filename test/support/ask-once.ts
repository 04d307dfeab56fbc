// One picture asked about by a saved model that is opened for it, and for the test's own use.
import { onTestFinished } from 'vitest';
import type { PictureSource } from '#shared/asking';
import type { EngineChoice } from '#shared/engine';
import type { Prediction } from '#shared/prediction';
import { answerPicture } from '#trainer/asking/answer-picture';
import { openModel, type OpenModel } from '#trainer/asking/open-model';

export const NEVER = new AbortController().signal;

/** Closed after the test. */
export async function openForTest(folder: string, engine: EngineChoice = 'wasm'): Promise<OpenModel> {
  const model = await openModel(folder, engine);
  onTestFinished(() => model.dispose());
  return model;
}

export async function askOnce(folder: string, picture: PictureSource, engine: EngineChoice = 'wasm'): Promise<Prediction> {
  return answerPicture(await openForTest(folder, engine), picture, { signal: NEVER });
}
