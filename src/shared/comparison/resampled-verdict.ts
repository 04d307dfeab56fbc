// Two models beside each other by a metric that is no count of right answers: their samples drawn again, and what they said of them swapped.
import type { MaskEvaluation, NumberEvaluation } from '../evaluation/evaluation';
import { classOverlaps, meanIou } from '../evaluation/overlap';
import { pairedBootstrap } from '../statistics/paired-bootstrap';
import { pairedSwapP } from '../statistics/paired-swap';
import { LEVEL, type SamplesVerdict } from './comparison';

/** Of all answers, the first model's and then the second's, each as often as it says. */
type Metric = (times: Uint32Array) => number;

type Resampled = Pick<SamplesVerdict, 'test' | 'metric' | 'baseline' | 'other' | 'difference' | 'interval' | 'p' | 'corrected'>;

export function ofMasks(a: MaskEvaluation, b: MaskEvaluation, random: () => number): Resampled {
  const counts = new Uint32Array(a.counts.length + b.counts.length);
  counts.set(a.counts);
  counts.set(b.counts, a.counts.length);
  const iou: Metric = (times) => meanIou(classOverlaps({ ...a, counts }, times));
  return { metric: 'iou', ...resampled(a.indices.length, iou, random) };
}

export function ofNumbers(a: NumberEvaluation, b: NumberEvaluation, random: () => number): Resampled {
  const n = a.truth.length;
  const off = Float64Array.from({ length: 2 * n }, (_, i) =>
    i < n ? Math.abs(a.predicted[i] - a.truth[i]) : Math.abs(b.predicted[i - n] - b.truth[i - n]),
  );
  const meanOff: Metric = (times) => {
    let sum = 0;
    for (let i = 0; i < 2 * n; i++) sum += times[i] * off[i];
    return sum / n;
  };
  return { metric: 'off-by', ...resampled(n, meanOff, random) };
}

/**
 * Drawing again knows how far the difference may lie from the one that was seen, and errs where few samples are far off; swapping knows how
 * often equal models come that far apart. Both have to tell them apart, and the interval reaches zero where they do not.
 */
function resampled(samples: number, metric: Metric, random: () => number): Omit<Resampled, 'metric'> {
  const [first, second] = [new Uint32Array(2 * samples), new Uint32Array(2 * samples)];
  // Of pictures without a class nothing tells them apart.
  const apart = (): number => metric(second) - metric(first) || 0;
  const drawn = pairedBootstrap(
    samples,
    (times) => {
      first.set(times);
      second.set(times, samples);
      return apart();
    },
    random,
  );
  const swap = (swapped: Uint8Array): number => {
    for (let i = 0; i < samples; i++) {
      first[i] = second[samples + i] = 1 - swapped[i];
      first[samples + i] = second[i] = swapped[i];
    }
    return apart();
  };
  const p = Math.max(drawn.p, pairedSwapP(samples, swap, random));
  const difference = swap(new Uint8Array(samples));
  const { low, high } = drawn.interval;
  const interval = p > LEVEL ? { low: Math.min(low, 0), high: Math.max(high, 0) } : { low, high };
  return { test: 'bootstrap', baseline: metric(first), other: metric(second), difference, interval, p, corrected: p };
}
