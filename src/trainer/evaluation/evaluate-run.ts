// What a finished run's saved model says of every sample of its validation or test part: as it was kept, or computed now and kept.
import type { Evaluated, EvaluatedPart, EvaluationQuestion } from '#shared/evaluation/evaluation';
import { FailureError } from '#shared/failure';
import { chosenBy } from './chosen-by';
import { turn } from '../turn';
import { readEvaluation, writeEvaluation } from './evaluation-file';
import { gathererFor } from './gather';
import { openFinished, openJudged, type Judged } from './open-judged';
import { score } from './score';

/**
 * @param onProgress hears how many samples are done
 * @throws FailureError bad-model, dataset-missing, dataset-invalid; bad-setting where the data has no such part; out-of-memory; cancelled
 */
export async function evaluateRun(
  { runFolder, datasetFolder, part }: EvaluationQuestion,
  onProgress: (done: number, total: number) => void,
  stop: AbortSignal,
): Promise<Evaluated> {
  const finished = openFinished(runFolder);
  const { weights, receipt } = finished;
  const data = receipt.dataset.contentHash;
  const kept = readEvaluation(runFolder, part, { weights, data });
  if (kept) return kept;
  const judged = await openJudged(finished, datasetFolder);
  try {
    const { validation, test } = judged.data;
    const facts = { weights, data, validation: validation.length, test: test.length, ...chosenBy(receipt) };
    const evaluated = { facts, evaluation: await scorePart(judged, part, onProgress, stop) };
    writeEvaluation(runFolder, evaluated);
    return evaluated;
  } finally {
    await judged.close();
  }
}

async function scorePart(
  { scorer, data, metadata, micro }: Judged,
  part: EvaluatedPart,
  onProgress: (done: number, total: number) => void,
  stop: AbortSignal,
) {
  const indices = data[part];
  if (indices.length === 0) throw nothingIn(part);
  const gatherer = gathererFor(metadata, data, part, indices);
  const pause = async () => {
    await turn();
    if (stop.aborted) throw new FailureError({ kind: 'cancelled' });
  };
  for await (const piece of score(scorer, indices, micro, pause)) {
    gatherer.add(piece);
    onProgress(piece.start + piece.size, indices.length);
  }
  return gatherer.evaluation();
}

const nothingIn = (part: EvaluatedPart): FailureError =>
  new FailureError({
    kind: 'bad-setting',
    problem:
      part === 'test'
        ? 'This data has no test part. Put pictures that are never learnt from into a folder "test" beside "train", and import it again.'
        : 'No samples were held out in this run, so there is nothing to judge it by. Train again with a part held out.',
  });
