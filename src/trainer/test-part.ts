// The data's own test part: counted when a run is completed, with the weights that are saved. Nothing is chosen by it.
import { createLearner, disposeLearner, type Learner } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import { createOptimizer } from '#engine/optimizers';
import type { Recovery } from '#engine/recover';
import { validate } from '#engine/train';
import type { TrainingData } from '#engine/training-data';
import { FailureError, failureSentence, toFailure } from '#shared/failure';
import type { Metrics } from '#shared/run-event';
import { hasEvaluation } from './evaluation/evaluation-file';
import { readReceipt } from './receipt';
import { turn } from './turn';

/**
 * As validation is counted, in pieces of at most `micro`.
 * @returns a sentence where it failed or was stopped: the run, which is saved, is worth more
 */
export async function* countTest(
  bench: Workbench,
  data: TrainingData & { test: Int32Array },
  weights: Float32Array[],
  micro: number,
  stop: AbortSignal,
): AsyncGenerator<Recovery, Metrics | string, void> {
  const pause = async (): Promise<void> => {
    await turn();
    if (stop.aborted) throw new FailureError({ kind: 'cancelled' });
  };
  let learner: Learner | undefined;
  try {
    // An optimizer that keeps no averages: the weights given are those that count.
    learner = createLearner(bench.learner.network, createOptimizer('sgd'), weights);
    const counted = validate({ ...bench, learner }, { ...data, validation: data.test }, { training: micro, validation: micro }, pause);
    return (yield* counted)!;
  } catch (error) {
    const failure = toFailure(error);
    return failure.kind === 'cancelled'
      ? 'The test part was not counted to its end, because the run was stopped.'
      : `The test part could not be counted. ${failureSentence(failure)}`;
  } finally {
    if (learner) disposeLearner(learner);
  }
}

/** How often the test part of a run that goes on was scored, by the run itself or by a person who looked at it. */
export function testScoresBefore(runFolder: string | undefined): number {
  if (runFolder === undefined) return 0;
  try {
    const { testScoresBefore: before = 0, final, weights } = readReceipt(runFolder);
    const isScored = final.test !== undefined || (weights !== undefined && hasEvaluation(runFolder, 'test', weights));
    return before + Number(isScored);
  } catch {
    // It was not completed or stopped before, or nobody knows.
    return 0;
  }
}
