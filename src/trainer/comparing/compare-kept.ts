// Runs compared by what is kept of their evaluations: nothing is computed by a model here, so no engine is loaded.
import { randomStream, STREAM } from '#engine/random';
import { disagreements } from '#shared/comparison/disagreements';
import type { ComparisonQuestion, Disagreements, KeptComparison, Refusal, SamplesVerdict } from '#shared/comparison/comparison';
import { refusalOf, sampleVerdict } from '#shared/comparison/sample-verdict';
import type { Evaluated, EvaluatedPart } from '#shared/evaluation/evaluation';
import { FailureError, failureSentence, toFailure } from '#shared/failure';
import { holm } from '#shared/statistics/holm';
import { readEvaluation } from '../evaluation/evaluation-file';
import { openFinished } from '../evaluation/open-finished';

const NOT_KEPT = 'what it says of its samples is not known yet.';

type Kept = { evaluated: Evaluated } | { problem: string; isMissing?: boolean };

export async function compareKept({ runFolders: [first, ...folders], part }: ComparisonQuestion): Promise<KeptComparison> {
  const baseline = await keptOf(first, part);
  const missing = isMissing(baseline) ? [0] : [];
  const verdicts: (SamplesVerdict | Refusal)[] = [];
  // One after the other: what one says of many samples of many classes is large.
  for (const [i, folder] of folders.entries()) {
    const other = await keptOf(folder, part);
    if (isMissing(other)) missing.push(i + 1);
    verdicts.push(verdictOf(baseline, other));
  }
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
  const [baseline, other] = await Promise.all(runFolders.map((folder) => keptOf(folder, part)));
  const problem = 'These runs were not compared by their samples yet. Compare them first.';
  if ('problem' in baseline || 'problem' in other) throw new FailureError({ kind: 'bad-setting', problem });
  if (refusalOf(baseline.evaluated, other.evaluated)) throw new FailureError({ kind: 'bad-setting', problem });
  return disagreements(baseline.evaluated.evaluation, other.evaluated.evaluation);
}

async function keptOf(folder: string, part: EvaluatedPart): Promise<Kept> {
  try {
    const { model, receipt } = await openFinished(folder);
    const evaluated = readEvaluation(folder, part, { weights: model.sha256, data: receipt.dataset.contentHash });
    return evaluated ? { evaluated } : { problem: NOT_KEPT, isMissing: true };
  } catch (error) {
    return { problem: failureSentence(toFailure(error, folder)) };
  }
}

/** Of several comparisons with one baseline some look better by luck alone. */
function corrected(verdicts: (SamplesVerdict | Refusal)[]): (SamplesVerdict | Refusal)[] {
  const tested = verdicts.filter((verdict) => verdict.kind === 'samples');
  const ps = holm(tested.map(({ p }) => p));
  return verdicts.map((verdict) =>
    verdict.kind === 'samples' ? { ...verdict, corrected: ps[tested.indexOf(verdict)], compared: tested.length } : verdict,
  );
}
