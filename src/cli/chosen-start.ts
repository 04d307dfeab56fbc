// The model a command line starts from, looked at before any data is: a wrong name should not cost an import.
import { resolve } from 'node:path';
import type { ModelName, RunSpec } from '#shared/run-spec';
import { startModel, startRun } from '#shared/start-settings';
import type { RunRequest } from '#trainer/run-request';
import { readStart, refuseOtherModel } from '#trainer/start-model';

export interface ChosenStart {
  /** Where none was named, the model is that of the start. */
  said: Pick<Partial<RunSpec>, 'model'>;
  request: Pick<RunRequest, 'startPath'>;
}

/** @throws FailureError bad-model, bad-setting where it is missing, damaged, or another model */
export function chosenStart({ start, model }: Partial<RunSpec>): ChosenStart {
  const path = startRun(start) ?? startModel(start);
  if (path === undefined) return { said: {}, request: {} };
  const startPath = resolve(path);
  const begun = readStart(start, startPath)!;
  if (model !== undefined) refuseOtherModel(begun, model, start);
  return { said: { model: begun.metadata.model as ModelName }, request: { startPath } };
}
