// The samples on which two models are furthest apart: what one gets right and the other does not.
import { answersOf } from '../evaluation/confusion';
import type { Evaluation, MaskEvaluation } from '../evaluation/evaluation';
import { meanIou, sampleOverlaps } from '../evaluation/overlap';
import { MOST_DISAGREEING, type Disagreement, type Disagreements } from './comparison';

/** How much better the other is at a sample, and the sample. */
type Apart = Disagreement & { gain: number };

/** Of two evaluations of the same samples: the surest, or the furthest apart, first. */
export function disagreements(baseline: Evaluation, other: Evaluation): Disagreements {
  const apart = apartOf(baseline, other).filter(({ gain }) => gain !== 0 && !Number.isNaN(gain));
  const better = (sign: 1 | -1): { count: number; first: Disagreement[] } => {
    const found = apart.filter(({ gain }) => sign * gain > 0).sort((a, b) => Math.abs(b.gain) - Math.abs(a.gain) || a.index - b.index);
    return { count: found.length, first: found.slice(0, MOST_DISAGREEING).map(withoutGain) };
  };
  const [baselineBetter, otherBetter] = [better(-1), better(1)];
  return {
    part: baseline.part,
    labels: baseline.kind === 'number' ? [] : baseline.labels,
    baselineBetter: baselineBetter.first,
    otherBetter: otherBetter.first,
    counts: { baselineBetter: baselineBetter.count, otherBetter: otherBetter.count },
  };
}

const withoutGain = ({ index, truth, baseline, other }: Apart): Disagreement => ({
  index,
  ...(truth !== undefined && { truth }),
  baseline,
  other,
});

function apartOf(baseline: Evaluation, other: Evaluation): Apart[] {
  if (baseline.kind === 'classes' && other.kind === 'classes') {
    const [first, second] = [answersOf(baseline), answersOf(other)];
    const { truth, labels } = baseline;
    return Array.from(baseline.indices, (index, i) => {
      const [isFirst, isSecond] = [first[i] === truth[i], second[i] === truth[i]];
      // How sure each is of what is so.
      const at = i * labels.length + truth[i];
      const gain = isFirst === isSecond ? 0 : other.probabilities[at] - baseline.probabilities[at];
      return { index, truth: truth[i], baseline: first[i], other: second[i], gain };
    });
  }
  if (baseline.kind === 'masks' && other.kind === 'masks') {
    return Array.from(baseline.indices, (index, i) => {
      const [first, second] = [iouAt(baseline, i), iouAt(other, i)];
      return { index, baseline: first, other: second, gain: second - first };
    });
  }
  if (baseline.kind === 'number' && other.kind === 'number') {
    return Array.from(baseline.indices, (index, i) => {
      const [truth, first, second] = [baseline.truth[i], baseline.predicted[i], other.predicted[i]];
      return { index, truth, baseline: first, other: second, gain: Math.abs(first - truth) - Math.abs(second - truth) };
    });
  }
  return [];
}

/** Of the classes that are marked in the picture. */
const iouAt = (evaluation: MaskEvaluation, sample: number): number =>
  meanIou(sampleOverlaps(evaluation, sample).filter(({ so }) => so > 0));
