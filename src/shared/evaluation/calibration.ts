// Does the model know how sure it may be? Answers gathered by their probability, and how often those of each bin are right
// (reliability bins of equal width, expected calibration error: Guo et al., ICML 2017).
import type { ClassEvaluation } from './evaluation';

const BINS = 10;

export interface CalibrationBin {
  /** Answers with a probability above `from` (the first from 0) and up to `to`. */
  from: number;
  to: number;
  count: number;
  right: number;
  /** Mean probability; NaN where there is none. */
  confidence: number;
}

export interface Calibration {
  bins: CalibrationBin[];
  /** Mean distance of probability and share right, weighed by the answers of each bin. */
  error: number;
  /** Mean probability of the answers, and the share of them that is right. */
  confidence: number;
  right: number;
}

export function calibration({ truth, probabilities, labels }: ClassEvaluation, answers: Int32Array): Calibration {
  const sums = Array.from({ length: BINS }, () => ({ count: 0, right: 0, confidence: 0 }));
  truth.forEach((label, sample) => {
    const confidence = probabilities[sample * labels.length + answers[sample]];
    const sum = sums[Math.min(BINS - 1, Math.max(0, Math.ceil(confidence * BINS) - 1))];
    sum.count++;
    sum.confidence += confidence;
    if (label === answers[sample]) sum.right++;
  });
  const n = truth.length;
  const total = sums.reduce((all, { right, confidence }) => ({ right: all.right + right, confidence: all.confidence + confidence }), {
    right: 0,
    confidence: 0,
  });
  return {
    bins: sums.map(({ count, right, confidence }, bin) => ({
      from: bin / BINS,
      to: (bin + 1) / BINS,
      count,
      right,
      confidence: confidence / count,
    })),
    error: sums.reduce((sum, { right, confidence }) => sum + Math.abs(right - confidence), 0) / n,
    confidence: total.confidence / n,
    right: total.right / n,
  };
}
