// What a finished run's saved model says of every sample of its validation or test part: as it was kept, or computed now and kept.
import type { Evaluated, EvaluatedPart, EvaluationQuestion } from '#shared/evaluation/evaluation';
import { FailureError, failureSentence, toFailure } from '#shared/failure';
import { turn } from '../turn';
import { readEvaluation, writeEvaluation } from './evaluation-file';
import { factsOf } from './facts';
import { gathererFor } from './gather';
import { openFinished } from './open-finished';
import { openJudged, type Judged, type OnSize } from './open-judged';
import { score } from './score';

/**
 * @param onProgress hears how many samples are done
 * @throws FailureError bad-model, dataset-invalid; bad-setting where the data are gone or have no such part, or the model has diverged; out-of-memory
 */
export async function evaluateRun(
  question: EvaluationQuestion,
  onProgress: (done: number, total: number) => void,
  onSize?: OnSize,
): Promise<Evaluated> {
  const { runFolder, part } = question;
  const finished = await openFinished(runFolder);
  const { model, receipt } = finished;
  const kept = readEvaluation(runFolder, part, { weights: model.sha256, data: receipt.dataset.contentHash });
  if (kept) return kept;
  const judged = await openJudged(finished, question, onSize);
  try {
    const evaluated = { facts: factsOf(finished, judged), evaluation: await scorePart(judged, part, onProgress) };
    return { ...evaluated, ...keep(runFolder, evaluated) };
  } finally {
    await judged.dispose();
  }
}

async function scorePart(
  { scorer, data, metadata, micro }: Judged,
  part: EvaluatedPart,
  onProgress: (done: number, total: number) => void,
) {
  const indices = data[part];
  if (indices.length === 0) throw nothingIn(part, 'table' in metadata);
  const gatherer = gathererFor(metadata, data, part, indices);
  for await (const piece of score(scorer, indices, micro, turn)) {
    gatherer.add(piece);
    onProgress(piece.start + piece.size, indices.length);
  }
  return gatherer.evaluation();
}

/** A run on a full or read-only disk is judged all the same. */
function keep(runFolder: string, evaluated: Evaluated): Pick<Evaluated, 'notKept'> {
  try {
    writeEvaluation(runFolder, evaluated);
    return {};
  } catch (error) {
    const why = failureSentence(toFailure(error, runFolder));
    return { notKept: `It could not be kept, so it is computed again the next time. ${why}` };
  }
}

function nothingIn(part: EvaluatedPart, isTable: boolean): FailureError {
  const problem = 'No samples were held out in this run, so there is nothing to judge it by. Train again with a part held out.';
  if (part === 'validation') return new FailureError({ kind: 'bad-setting', problem });
  const remedy = isTable
    ? 'Keep a table of rows that no run has seen, and ask the model about that.'
    : 'Put pictures that are never learnt from into a folder "test" beside "train", and import it again.';
  return new FailureError({ kind: 'bad-setting', problem: `This data has no test part. ${remedy}` });
}
