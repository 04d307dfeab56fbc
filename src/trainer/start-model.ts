// The model that a run starts from: that of an earlier run, or a file of a person's own.
import type { CheckpointHeader } from '#shared/checkpoint-header';
import { FailureError } from '#shared/failure';
import type { ModelName, RunSpec } from '#shared/run-spec';
import { startModel, startRun, type Start } from '#shared/start-settings';
import { readOwnModel } from './own-model/read-own-model';
import { loadModel, type SavedModel } from './saved-model';

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });

/** @param path of the run's folder or of the model's file; undefined where the start is neither @throws FailureError bad-model, bad-setting */
export function readStart(start: Start | undefined, path?: string): SavedModel | undefined {
  const isRun = startRun(start) !== undefined;
  if (!isRun && startModel(start) === undefined) return undefined;
  if (path === undefined)
    throw bad(
      isRun ? 'The run it starts from is not known. Choose another start.' : 'The model it starts from is not known. Choose another start.',
    );
  const begun = isRun ? loadModel(path) : readOwnModel(path);
  if ('table' in begun.metadata)
    throw bad('A model of a table scales each column by the rows it was trained on, so another cannot start from it. Start from scratch.');
  return begun;
}

/** @throws FailureError bad-setting where a run of this model cannot start from it */
export function refuseOtherModel({ metadata }: SavedModel, model: ModelName, start: Start | undefined): void {
  if (metadata.model === model) return;
  throw bad(
    startRun(start) === undefined
      ? `The file it starts from has the model ${metadata.model}. Choose that model, or another start.`
      : `The run it starts from has the model ${metadata.model}. Choose that model, or another start.`,
  );
}

/** What a run begins with. */
export interface Beginning {
  /** Absent where it begins from scratch, from weights that ship, or goes on from a checkpoint. */
  model?: SavedModel;
  /** What its checkpoints keep of it. */
  kept?: CheckpointHeader['began'];
}

/** @throws FailureError bad-model, bad-setting */
export function beginningOf({ spec, startPath }: { spec: RunSpec; startPath?: string }, resumed?: CheckpointHeader): Beginning {
  if (resumed) return { kept: resumed.began };
  const model = readStart(spec.start, startPath);
  if (!model) return {};
  refuseOtherModel(model, spec.model, spec.start);
  const { options, source } = model.metadata;
  return { model, kept: { ...(options?.ownLayers && { layers: options.ownLayers }), ...(source && { source }), weights: model.sha256 } };
}
