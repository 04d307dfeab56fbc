// A run's spec from what was said on the command line, over what is usual of such data and such a model.
import * as v from 'valibot';
import type { DataSort } from '#shared/data-sort';
import { defaultSpec } from '#shared/default-spec';
import { FailureError } from '#shared/failure';
import { RunSpecSchema, type RunSpec } from '#shared/run-spec';
import type { TrainOptions } from './train-options';

type Said = Pick<TrainOptions, 'said' | 'isWhole'>;

// A settings file that says all a run needs, such as a receipt's spec, is repeated as it is.
const parsed = ({ said, isWhole }: Said, sort: DataSort) =>
  v.safeParse(RunSpecSchema, isWhole ? said : { ...defaultSpec(sort, said), ...said });

/** Why it is no run of such data; undefined where it is one. */
export const chosenProblem = (options: Said, sort: DataSort): string | undefined => parsed(options, sort).issues?.[0].message;

/** @throws FailureError bad-setting where what was said and what is usual do not go together */
export function chosenSpec(options: Said, sort: DataSort): RunSpec {
  const result = parsed(options, sort);
  if (result.success) return result.output;
  throw new FailureError({ kind: 'bad-setting', problem: result.issues[0].message });
}
