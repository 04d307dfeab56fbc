// Runs that were never judged are judged before anything is tested, each once; what cannot be read shows when it is tested.
import { expect, it } from 'vitest';
import type { ComparisonQuestion, KeptComparison, Refusal, SamplesVerdict } from '#shared/comparison/comparison';
import { judgedFirst } from '#shared/comparison/judged-first';
import type { Evaluated } from '#shared/evaluation/evaluation';
import { FailureError } from '#shared/failure';

const question: ComparisonQuestion = { runFolders: ['a', 'b', 'c'], part: 'validation' };
const verdict = { kind: 'samples', samples: 2 } as SamplesVerdict;
const refused = (run: 'baseline' | 'other'): Refusal => ({ kind: 'refused', because: 'not-judged', run, problem: 'Unknown.' });

/** @param unreadable lie there, so that they are not missing before they are read @param fails cannot be judged */
function judging({ unjudged = [] as number[], unreadable = [] as number[], fails = [] as number[] }) {
  const log: string[] = [];
  const [absent, damaged] = [new Set(unjudged), new Set(unreadable)];
  const isKept = (place: number) => !absent.has(place) && !damaged.has(place);
  const compare = ({ asFarAsKept }: ComparisonQuestion): Promise<KeptComparison> => {
    const isTested = absent.size === 0 || asFarAsKept === true;
    log.push(isTested ? 'test' : 'look');
    if (!isTested) return Promise.resolve({ verdicts: [], missing: [...absent] });
    const verdicts = [1, 2].map((place) => (!isKept(0) ? refused('baseline') : isKept(place) ? verdict : refused('other')));
    return Promise.resolve({ verdicts, missing: [0, 1, 2].filter((place) => !isKept(place)) });
  };
  const judge = (place: number): Promise<Evaluated> => {
    log.push(`judge ${place}`);
    if (fails.includes(place)) return Promise.reject(new FailureError({ kind: 'bad-setting', problem: `No ${place}.` }));
    absent.delete(place);
    damaged.delete(place);
    return Promise.resolve({} as Evaluated);
  };
  return { log, verdicts: () => judgedFirst(question, { compare, judge }) };
}

it.each([
  ['all are kept', {}, ['test'], [verdict, verdict]],
  ['some are missing', { unjudged: [0, 2] }, ['look', 'judge 0', 'judge 2', 'test'], [verdict, verdict]],
  ['one cannot be read', { unreadable: [1] }, ['test', 'judge 1', 'test'], [verdict, verdict]],
  ['both', { unjudged: [2], unreadable: [1] }, ['look', 'judge 2', 'test', 'judge 1', 'test'], [verdict, verdict]],
  ['one cannot be judged', { unjudged: [1, 2], fails: [1] }, ['look', 'judge 1', 'judge 2', 'test'], ['No 1.', verdict]],
  ['the baseline cannot', { unjudged: [0, 2], fails: [0] }, ['look', 'judge 0', 'test'], ['No 0.', 'No 0.']],
])('where %s', async (_where, state, steps, expected) => {
  const { log, verdicts } = judging(state);
  const said = (await verdicts()).map((one) => (one.kind === 'refused' && one.because === 'not-judged' ? one.problem : one));
  expect([log, said]).toEqual([steps, expected]);
});
