// The data's own test part: counted once, when a run is over, with the weights that are saved. Nothing is chosen by it.
import { createLearner, disposeLearner } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import { createOptimizer } from '#engine/optimizers';
import type { Recovery } from '#engine/recover';
import { validate } from '#engine/train';
import type { TrainingData } from '#engine/training-data';
import { FailureError, failureSentence } from '#shared/failure';
import type { Metrics } from '#shared/run-event';
import { turn } from './turn';

/**
 * As validation is counted, in pieces of at most `micro`.
 * @returns undefined where the data has no such part; a sentence where there is no memory left for it: the run is worth more
 */
export async function* countTest(
  bench: Workbench,
  data: TrainingData & { test: Int32Array },
  weights: Float32Array[],
  micro: number,
): AsyncGenerator<Recovery, Metrics | string | undefined, void> {
  if (data.test.length === 0) return undefined;
  // An optimizer that keeps no averages: the weights given are those that count.
  const learner = createLearner(bench.learner.network, createOptimizer('sgd'), weights);
  try {
    const counted = validate({ ...bench, learner }, { ...data, validation: data.test }, { training: micro, validation: micro }, turn);
    return yield* counted;
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.kind !== 'out-of-memory') throw error;
    return `The test part could not be counted. ${failureSentence(error.failure)}`;
  } finally {
    disposeLearner(learner);
  }
}
