// Folders of finished runs to take away: real ones, and quick ones whose weights were never trained.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialWeights } from '#engine/initialize';
import { randomStream } from '#engine/random';
import { defaultSpec } from '#shared/default-spec';
import type { CatalogueName, RunSpec } from '#shared/run-spec';
import { MASK_MODELS } from '#shared/run-spec';
import { MODEL_CARDS } from '#shared/model-cards';
import type { ModelSettings } from '#shared/model-settings';
import { buildModel } from '#trainer/build-model';
import { executeRun } from '#trainer/execute-run';
import { maskFacts, pictureFacts, saveModel } from '#trainer/saved-model';
import { temporaryFolder } from './temporary-folder';

/** A run on packed pictures, to its end. */
export async function runPictures(
  datasetFolder: string,
  settings: Partial<RunSpec> = {},
  { outFolder = temporaryFolder(), startPath }: { outFolder?: string; startPath?: string } = {},
): Promise<string> {
  const spec: RunSpec = { ...defaultSpec('pictures'), engine: 'wasm', epochs: 1, batch: 16, ...settings };
  for await (const event of executeRun({ spec, datasetFolder, outFolder, ...(startPath && { startPath }) }, new AbortController().signal))
    if (event.kind === 'failed') throw new Error(event.sentence);
  return outFolder;
}

const LABELS = ['cat', 'dog', 'owl'];

/** Any model of the catalogue as a run saves it, at a small size; weights away from zeros and ones, so that one in a wrong place shows. */
export function savedModel(model: CatalogueName, shape: [number, number, number], options: ModelSettings = {}, labels = LABELS): string {
  const folder = temporaryFolder();
  const narrow = MODEL_CARDS[model].scales ? { width: 0.125, ...options } : options;
  const network = buildModel(model, narrow, { inputShape: shape, classes: labels.length });
  const random = randomStream(3);
  const weights = initialWeights(network, 1).map((w) => w.map((v) => v + 0.02 * (random() - 0.5)));
  saveModel(folder, model, network, weights, (MASK_MODELS.includes(model) ? maskFacts : pictureFacts)(labels, shape));
  return folder;
}

export const damage = (folder: string, file: string, content: string): void => writeFileSync(join(folder, file), content);
