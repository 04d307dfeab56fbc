// A run's folder as an export wants it: network, weights, what is known of the model, answers to compare with; no path of this computer in it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resourceFolder } from '#datasets/resource-folder';
import { weightCount } from '#engine/network';
import { EXPORTERS } from '#exports/index';
import type { Licence, TakenModel } from '#exports/exporter';
import { withoutPaths } from '#shared/without-paths';
import { whyTooLarge, type ExportRequest } from '#shared/exports';
import { FailureError } from '#shared/failure';
import { PRETRAINED_MODELS } from '#shared/start-settings';
import { readSavedRun } from '../saved-run';
import { referencesOf } from './references';

type Taken = Pick<ExportRequest, 'modelFolder' | 'as' | 'name' | 'datasetFolder'>;

/** @throws FailureError bad-model; bad-setting for what is too large */
export async function takeModel({ modelFolder, as, name, datasetFolder }: Taken, onAnswered: (share: number) => void): Promise<TakenModel> {
  const { model: saved, receipt } = await readSavedRun(modelFolder);
  const problem = whyTooLarge(as, weightCount(saved.network));
  if (problem) throw new FailureError({ kind: 'bad-setting', problem });
  const isRun = EXPORTERS[as].proof.kind === 'run';
  return {
    name,
    ...saved,
    ...(receipt && { receipt: withoutPaths(receipt) }),
    ...(isRun && { references: await referencesOf(saved, receipt, datasetFolder, onAnswered) }),
    licences: licencesOf(saved.metadata),
  };
}

/** Of weights that ship with Overbatch: a run that started from another run may have them from there. */
function licencesOf({ model, start }: TakenModel['metadata']): Licence[] {
  if (start === undefined || !PRETRAINED_MODELS.includes(model)) return [];
  const { folder } = resourceFolder('pretrained', model);
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const [title] = read('README.md').split('\n');
  return [{ of: title.replace(/^# /, ''), text: read('LICENSE') }];
}
