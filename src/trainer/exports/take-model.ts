// A run's folder as an export wants it: network, weights, what is known of the model, answers to compare with; no path of this computer in it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resourceFolder } from '#datasets/resource-folder';
import type { Licence, TakenModel } from '#exports/exporter';
import { withoutPaths } from '#exports/receipt';
import type { ExportRequest } from '#shared/exports';
import { FailureError } from '#shared/failure';
import type { Receipt } from '#shared/run-event';
import { PRETRAINED_MODELS } from '#shared/start-settings';
import { loadModel } from '../saved-model';
import { referencesOf } from './references';

type Taken = Pick<ExportRequest, 'modelFolder' | 'name' | 'datasetFolder'>;

/** @throws FailureError bad-model */
export async function takeModel({ modelFolder, name, datasetFolder }: Taken, onAnswered: (share: number) => void): Promise<TakenModel> {
  const saved = loadModel(modelFolder);
  const receipt = readReceipt(modelFolder);
  const references = await referencesOf(saved, receipt, datasetFolder, onAnswered);
  return { name, ...saved, ...(receipt && { receipt: withoutPaths(receipt) }), references, licences: licencesOf(saved.metadata) };
}

/** Undefined where there is none. */
export function readReceipt(folder: string): Receipt | undefined {
  const file = join(folder, 'receipt.json');
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Receipt;
  } catch {
    throw new FailureError({
      kind: 'bad-model',
      path: folder,
      problem: 'its receipt.json is damaged. Restore the file, or take it away from there.',
    });
  }
}

/** Of weights that ship with Overbatch: a run that started from another run may have them from there. */
function licencesOf({ model, start }: TakenModel['metadata']): Licence[] {
  if (start === undefined || !PRETRAINED_MODELS.includes(model)) return [];
  const { folder } = resourceFolder('pretrained', model);
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const [title] = read('README.md').split('\n');
  return [{ of: title.replace(/^# /, ''), text: read('LICENSE') }];
}
