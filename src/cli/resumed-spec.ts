// The spec of a run that goes on: the one it was begun with, but for what does not change its sequence of mini-batches.
import { FailureError } from '#shared/failure';
import type { RunSpec } from '#shared/run-spec';

/** @throws FailureError bad-setting for fewer epochs than the run has */
export function resumedSpec(begun: RunSpec, given: Partial<RunSpec>): RunSpec {
  const epochs = given.epochs ?? begun.epochs;
  if (epochs < begun.epochs)
    throw new FailureError({
      kind: 'bad-setting',
      problem: `The run has ${begun.epochs} epochs, and going on cannot make it shorter. Leave --epochs out, or give a larger number.`,
    });
  return {
    ...begun,
    epochs,
    engine: given.engine ?? begun.engine,
    ...(given.workers === undefined ? {} : { workers: given.workers }),
    finalModel: given.finalModel ?? begun.finalModel,
  };
}
