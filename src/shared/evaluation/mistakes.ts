// The order in which samples are worth looking at: the mistakes the model was surest of first.
import type { ClassEvaluation, MaskEvaluation } from './evaluation';
import { meanIou, sampleOverlaps } from './overlap';

/** Places of samples, of one cell of the confusion matrix or of all mistakes, the surest answer first. */
export function surestFirst(
  { truth, probabilities, labels }: ClassEvaluation,
  answers: Int32Array,
  cell?: { truth: number; answer: number },
): number[] {
  const confidence = (sample: number): number => probabilities[sample * labels.length + answers[sample]];
  const isWanted = (sample: number): boolean =>
    cell ? truth[sample] === cell.truth && answers[sample] === cell.answer : truth[sample] !== answers[sample];
  return Array.from(truth, (_, sample) => sample)
    .filter(isWanted)
    .sort((a, b) => confidence(b) - confidence(a) || a - b);
}

/** Places of pictures, the worst mask first. */
export function worstMasksFirst(evaluation: MaskEvaluation): { sample: number; iou: number }[] {
  const samples = Array.from(evaluation.indices, (_, sample) => ({ sample, iou: meanIou(sampleOverlaps(evaluation, sample)) }));
  return samples.sort((a, b) => (Number.isNaN(a.iou) ? 1 : Number.isNaN(b.iou) ? -1 : a.iou - b.iou) || a.sample - b.sample);
}
