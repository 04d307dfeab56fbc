// What the figures of "How good is it" say in sentences.
import { samplesCounted, type DataSort } from '#shared/data-sort';
import { fixed } from '#shared/language';
import type { Calibration } from '#shared/evaluation/calibration';
import { boundWords } from '#shared/evaluation/headline';
import { precisionAt, type ThresholdCurve, type ThresholdPoint } from '#shared/evaluation/thresholds';
import { wilson, type Interval } from '#shared/evaluation/wilson';
import { count, percent } from './numbers';

/** A bound of a narrower interval has a digit behind the point. */
const NARROW = 0.05;

/** "93.1 %" and "(86 to 97)", of which the second is "" where there is no share. */
export function shareWithin(share: number, { low, high }: Interval): [share: string, interval: string] {
  if (Number.isNaN(share)) return ['–', ''];
  return [percent(share), `(${boundWords({ low, high }, high - low < NARROW ? 1 : 0)})`];
}

/** Both in one: "93.1 % (86 to 97)". */
export const within = (share: number, interval: Interval): string => shareWithin(share, interval).join(' ').trimEnd();

/** An interval wider than this says nothing about a few hundredths. */
const WIDEST = 0.1;
/** Of the answers, in bins that are off by more than chance explains: the whole is not to be taken at its word. */
const MUCH = 0.25;

export function calibrationSummary({ error, confidence, right, bins }: Calibration, sort: DataSort): string {
  const of = bins.reduce((sum, bin) => sum + bin.count, 0);
  const { low, high } = wilson(Math.round(right * of), of);
  const off = `On average it is ${percent(confidence)} sure and ${percent(right)} right; the expected calibration error is ${fixed(error, 3)}.`;
  if (confidence > high) return `The model is surer than it may be: take its probabilities for less. ${off}`;
  if (confidence < low) return `The model is more often right than it believes. ${off}`;
  if (high - low > WIDEST) return `${samplesCounted(of, sort)} are too few to say whether the model knows how sure it may be. ${off}`;
  if (shareOff(bins) > MUCH * of) return `The model is too sure of some answers and not sure enough of others: look at the table. ${off}`;
  return `When the model says how sure it is, you can take it at its word. ${off}`;
}

/** Answers in bins whose confidence lies outside the interval of what was right. */
const shareOff = (bins: Calibration['bins']): number =>
  bins.reduce((sum, bin) => {
    const { low, high } = wilson(bin.right, bin.count);
    return bin.confidence < low || bin.confidence > high ? sum + bin.count : sum;
  }, 0);

export function thresholdSummary({ positives }: ThresholdCurve, point: ThresholdPoint, label: string, sort: DataSort): string {
  const { right, wrong } = point;
  const [all, recall] = [samplesCounted(positives, sort), percent(right / positives)];
  const found =
    right === 1
      ? `1 of ${all} of “${label}” is found (recall ${recall})`
      : `${count(right)} of ${all} of “${label}” are found (recall ${recall})`;
  const precision = right + wrong === 0 ? '–' : percent(precisionAt(point));
  return wrong === 1
    ? `${found}, and 1 other with them (precision ${precision}).`
    : `${found}, and ${count(wrong)} others with them (precision ${precision}).`;
}

export const rocSummary = (area: number, label: string): string =>
  Number.isNaN(area)
    ? `There are not both “${label}” and others, so there is no curve.`
    : `Area ${fixed(area, 3)}: of one “${label}” and one other, the model finds the “${label}” likelier in ${percent(area)} of the cases; guessing gives 50 %.`;

/** `share`: of the class in all. */
export const precisionSummary = (average: number, share: number, label: string): string =>
  Number.isNaN(average) || share === 1
    ? `There are not both “${label}” and others, so there is no curve.`
    : `Average precision ${fixed(average, 3)}; guessing gives ${fixed(share, 3)}, the share of “${label}”.`;
