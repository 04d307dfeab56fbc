// A run's spec from what was said on the command line, over what is usual of such data and such a model.
import * as v from 'valibot';
import type { DataSort } from '#shared/data-sort';
import { defaultSpec } from '#shared/default-spec';
import { FailureError } from '#shared/failure';
import { RunSpecSchema, type RunSpec } from '#shared/run-spec';
import type { TrainOptions } from './train-options';

/** @throws FailureError bad-setting where what was said and what is usual do not go together */
export function chosenSpec({ said, isWhole }: Pick<TrainOptions, 'said' | 'isWhole'>, sort: DataSort): RunSpec {
  // A settings file that says all a run needs, such as a receipt's spec, is repeated as it is.
  const result = v.safeParse(RunSpecSchema, isWhole ? said : { ...defaultSpec(sort, said), ...said });
  if (result.success) return result.output;
  throw new FailureError({ kind: 'bad-setting', problem: result.issues[0].message });
}
