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
  const tried = new Set<number>();
  const problems = new Map<number, string>();
  for (;;) {
    const { verdicts, missing } = await compare(tried.size === 0 ? question : { ...question, asFarAsKept: true });
    const left = missing.filter((place) => !tried.has(place));
    // Without the baseline there is nothing to compare the others with.
    if (left.length === 0 || problems.has(0)) return verdicts.map((verdict, i) => withProblem(verdict, i + 1, problems));
    for (const place of left) {
      tried.add(place);
      const problem = await problemOf(() => judge(place));
      if (problem !== undefined) problems.set(place, problem);
      if (problems.has(0)) break;
    }
  }
}

type Verdict = KeptComparison['verdicts'][number];

function withProblem(verdict: Verdict, place: number, problems: ReadonlyMap<number, string>): Verdict {
  if (verdict.kind !== 'refused' || verdict.because !== 'not-judged') return verdict;
  const problem = problems.get(verdict.run === 'baseline' ? 0 : place);
  return problem === undefined ? verdict : { ...verdict, problem };
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
