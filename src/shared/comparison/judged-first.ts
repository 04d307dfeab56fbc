// Runs compared by what their models said of the samples: those that were never asked are judged first, one after the other. Electron's main
// process and the command line do it with their own processes.
import type { Evaluated } from '../evaluation/evaluation';
import { failureSentence, toFailure } from '../failure';
import type { ComparisonQuestion, KeptComparison } from './comparison';

interface Judging {
  compare(question: ComparisonQuestion): Promise<KeptComparison>;
  /** The run at a place of the question; what it says is kept with it. */
  judge(place: number): Promise<Evaluated>;
}

/** @throws FailureError cancelled; what keeps one run from being judged is said of that run */
export async function judgedFirst(question: ComparisonQuestion, { compare, judge }: Judging): Promise<KeptComparison['verdicts']> {
  const first = await compare(question);
  if (first.missing.length === 0) return first.verdicts;
  const problems = new Map<number, string>();
  for (const place of first.missing) {
    const problem = await problemOf(() => judge(place));
    if (problem === undefined) continue;
    problems.set(place, problem);
    // Without the baseline there is nothing to compare the others with.
    if (place === 0) break;
  }
  const { verdicts } = await compare(question);
  return verdicts.map((verdict, i) => {
    if (verdict.kind !== 'refused' || verdict.because !== 'not-judged') return verdict;
    const problem = problems.get(verdict.run === 'baseline' ? 0 : i + 1);
    return problem === undefined ? verdict : { ...verdict, problem };
  });
}

async function problemOf(judge: () => Promise<Evaluated>): Promise<string | undefined> {
  try {
    return (await judge()).notKept;
  } catch (error) {
    const failure = toFailure(error);
    if (failure.kind === 'cancelled') throw error;
    return failureSentence(failure);
  }
}
