// Two models beside each other, by what each said of the same samples: which is better, and whether that is more than luck.
import { answersOf } from '../evaluation/confusion';
import type { ClassEvaluation, Evaluated, Evaluation, MaskEvaluation, NumberEvaluation } from '../evaluation/evaluation';
import { mcnemarP, pairedInterval, type PairedCounts } from '../statistics/mcnemar';
import { detectableDifference, mcnemarPower } from '../statistics/mcnemar-power';
import type { Refusal, SamplesVerdict } from './comparison';
import { ofMasks, ofNumbers } from './resampled-verdict';

/** @param random numbers in [0, 1), seeded, to draw samples by */
export function sampleVerdict(first: Evaluated, second: Evaluated, random: () => number): SamplesVerdict | Refusal {
  const refusal = refusalOf(first, second);
  if (refusal) return refusal;
  const [a, b] = [first.evaluation, second.evaluation];
  const about = { kind: 'samples', part: a.part, samples: a.indices.length, compared: 1 } as const;
  if (a.kind === 'classes') return { ...about, ...ofClasses(a, b as ClassEvaluation) };
  // How far one may lie from others like it nobody knows.
  if (a.indices.length < 2) return { kind: 'refused', because: 'one-sample' };
  return { ...about, ...(a.kind === 'masks' ? ofMasks(a, b as MaskEvaluation, random) : ofNumbers(a, b as NumberEvaluation, random)) };
}

/** Why they cannot be compared sample by sample; undefined where they can. */
export function refusalOf(first: Evaluated, second: Evaluated): Refusal | undefined {
  const [a, b] = [first.evaluation, second.evaluation];
  if (!isSameTask(a, b)) return { kind: 'refused', because: 'other-task' };
  if (first.facts.data !== second.facts.data) return { kind: 'refused', because: 'other-data' };
  if (isSame(a.indices, b.indices)) return undefined;
  const mine = new Set(a.indices);
  const shared = b.indices.reduce((sum, index) => sum + Number(mine.has(index)), 0);
  return { kind: 'refused', because: 'other-samples', baseline: a.indices.length, other: b.indices.length, shared };
}

type Compared = Omit<SamplesVerdict, 'kind' | 'part' | 'samples' | 'compared'>;

function isSameTask(a: Evaluation, b: Evaluation): boolean {
  if (a.kind !== b.kind || a.part !== b.part) return false;
  if (a.kind === 'number' || b.kind === 'number') return (a as NumberEvaluation).target === (b as NumberEvaluation).target;
  return isSame(a.labels, b.labels);
}

const isSame = <T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

/** Who gets which right. */
export function pairedCounts(a: ClassEvaluation, b: ClassEvaluation): PairedCounts {
  const [first, second] = [answersOf(a), answersOf(b)];
  const counts = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
  a.truth.forEach((truth, i) => {
    const [isFirst, isSecond] = [first[i] === truth, second[i] === truth];
    counts[isFirst ? (isSecond ? 'both' : 'onlyFirst') : isSecond ? 'onlySecond' : 'neither']++;
  });
  return counts;
}

function ofClasses(a: ClassEvaluation, b: ClassEvaluation): Compared {
  const counts = pairedCounts(a, b);
  const { both, onlyFirst, onlySecond, neither } = counts;
  const n = a.truth.length;
  const apart = (onlyFirst + onlySecond) / n;
  const difference = (onlySecond - onlyFirst) / n;
  const p = mcnemarP(counts);
  return {
    test: 'McNemar',
    metric: 'accuracy',
    baseline: (both + onlyFirst) / n,
    other: (both + onlySecond) / n,
    difference,
    interval: pairedInterval(counts),
    p,
    corrected: p,
    counts: {
      both,
      onlyBaseline: onlyFirst,
      onlyOther: onlySecond,
      neither,
      power: mcnemarPower(n, apart, difference),
      detectable: detectableDifference(n, apart),
    },
  };
}
