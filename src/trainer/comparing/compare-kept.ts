// Runs compared by what is kept of their evaluations: nothing is computed by a model here, so no engine is loaded.
import { randomStream, STREAM } from '#engine/random';
import { comparedAnswers, type ComparedAnswers } from '#shared/comparison/compared-answers';
import { disagreements } from '#shared/comparison/disagreements';
import type { ComparisonQuestion, Disagreements, KeptComparison, Refusal, SamplesVerdict } from '#shared/comparison/comparison';
import { refusalOf, sampleVerdict } from '#shared/comparison/sample-verdict';
import type { Evaluated, EvaluatedPart, Evaluation } from '#shared/evaluation/evaluation';
import { FailureError, failureSentence, toFailure } from '#shared/failure';
import { holm } from '#shared/statistics/holm';
import { hasEvaluation, readEvaluation } from '../evaluation/evaluation-file';
import { openFinished } from '../evaluation/open-finished';

const NOT_KEPT = 'what it says of its samples is not known yet.';

/** A finished run, known by its weights and its data. */
type Found = { folder: string; weights: string; data: string } | { problem: string };
type Kept = { evaluated: Evaluated } | { problem: string; isMissing?: boolean };

export async function compareKept({ runFolders, part, asFarAsKept }: ComparisonQuestion): Promise<KeptComparison> {
  const found: Found[] = [];
  for (const folder of runFolders) found.push(await find(folder));
  const unjudged = found.flatMap((one, place) => ('problem' in one || hasEvaluation(one.folder, part, one.weights) ? [] : [place]));
  // All is tested anew when those are judged.
  if (unjudged.length > 0 && !asFarAsKept) return { verdicts: [], missing: unjudged };
  const [first, ...others] = found;
  const baseline = keptOf(first, part);
  const missing = isMissing(baseline) ? [0] : [];
  // One after the other: what one says of many samples of many classes is large.
  const verdicts = others.map((one, i) => {
    const other = keptOf(one, part);
    if (isMissing(other)) missing.push(i + 1);
    return verdictOf(baseline, other);
  });
  return { verdicts: corrected(verdicts), missing };
}

function verdictOf(baseline: Kept, other: Kept): SamplesVerdict | Refusal {
  if ('problem' in baseline) return { kind: 'refused', because: 'not-judged', run: 'baseline', problem: baseline.problem };
  if ('problem' in other) return { kind: 'refused', because: 'not-judged', run: 'other', problem: other.problem };
  return sampleVerdict(baseline.evaluated, other.evaluated, randomStream(0, STREAM.resample));
}

const isMissing = (kept: Kept): boolean => 'problem' in kept && kept.isMissing === true;

/** @throws FailureError bad-setting where one of them was not judged yet, or not by these samples */
export async function disagreeingKept({ runFolders, part }: ComparisonQuestion): Promise<Disagreements> {
  const [baseline, other] = await sameSamples({ runFolders, part });
  return disagreements(baseline, other());
}

/** @throws FailureError as above */
export async function answersKept(question: ComparisonQuestion): Promise<ComparedAnswers> {
  const [baseline, ...others] = await sameSamples(question);
  return comparedAnswers(
    baseline,
    (function* () {
      for (const other of others) yield other();
    })(),
  );
}

/** The baseline's evaluation, and the others', each read when it is wanted. */
async function sameSamples({ runFolders, part }: ComparisonQuestion): Promise<[Evaluation, ...(() => Evaluation)[]]> {
  const [first, ...others] = await Promise.all(runFolders.map(find));
  const baseline = judged(keptOf(first, part));
  return [
    baseline.evaluation,
    ...others.map((one) => () => {
      const other = judged(keptOf(one, part));
      if (refusalOf(baseline, other)) throw notCompared();
      return other.evaluation;
    }),
  ];
}

const notCompared = (): FailureError =>
  new FailureError({ kind: 'bad-setting', problem: 'These runs were not compared by their samples yet. Compare them first.' });

function judged(kept: Kept): Evaluated {
  if ('problem' in kept) throw notCompared();
  return kept.evaluated;
}

async function find(folder: string): Promise<Found> {
  try {
    const { model, receipt } = await openFinished(folder);
    return { folder, weights: model.sha256, data: receipt.dataset.contentHash };
  } catch (error) {
    return { problem: failureSentence(toFailure(error, folder)) };
  }
}

function keptOf(found: Found, part: EvaluatedPart): Kept {
  if ('problem' in found) return found;
  const evaluated = readEvaluation(found.folder, part, found);
  return evaluated ? { evaluated } : { problem: NOT_KEPT, isMissing: true };
}

/** Of several comparisons with one baseline some look better by luck alone. */
function corrected(verdicts: (SamplesVerdict | Refusal)[]): (SamplesVerdict | Refusal)[] {
  const tested = verdicts.filter((verdict) => verdict.kind === 'samples');
  const ps = holm(tested.map(({ p }) => p));
  return verdicts.map((verdict) =>
    verdict.kind === 'samples' ? { ...verdict, corrected: ps[tested.indexOf(verdict)], compared: tested.length } : verdict,
  );
}
