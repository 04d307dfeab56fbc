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

/** Places of pictures, the worst mask first: by the mean IoU of the classes that are marked in it. A stray pixel of another class costs these a little. */
export function worstMasksFirst(evaluation: MaskEvaluation): { sample: number; iou: number }[] {
  const samples = Array.from(evaluation.indices, (_, sample) => ({
    sample,
    iou: meanIou(sampleOverlaps(evaluation, sample).filter(({ so }) => so > 0)),
  }));
  return samples.sort((a, b) => Number(Number.isNaN(a.iou)) - Number(Number.isNaN(b.iou)) || a.iou - b.iou || a.sample - b.sample);
}
