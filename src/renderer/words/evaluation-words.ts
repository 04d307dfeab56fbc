// What the figures of "How good is it" say in sentences.
import type { Calibration } from '#shared/evaluation/calibration';
import type { Interval } from '#shared/evaluation/wilson';
import { precisionAt, type ThresholdCurve, type ThresholdPoint } from '#shared/evaluation/thresholds';
import { count, counted, percent } from './numbers';

/** "93.1 % (86 to 97)", "–" where there is none. */
export const within = (share: number, { low, high }: Interval): string =>
  Number.isNaN(share) ? '–' : `${percent(share)} (${Math.round(100 * low)} to ${Math.round(100 * high)})`;

export function calibrationSummary({ error, confidence, right }: Calibration): string {
  const off = `On average it is ${percent(confidence)} sure and ${percent(right)} right; the expected calibration error is ${error.toFixed(3)}.`;
  if (error < 0.03) return `When the model says how sure it is, you can take it at its word. ${off}`;
  return confidence > right
    ? `The model is surer than it may be: take its probabilities for less. ${off}`
    : `The model is more often right than it believes. ${off}`;
}

/** `one` of what samples are: "picture". */
export function thresholdSummary({ positives }: ThresholdCurve, point: ThresholdPoint, label: string, one: string): string {
  const { right, wrong } = point;
  const found = `${count(right)} of ${counted(positives, one)} of "${label}" are found (recall ${percent(right / positives)})`;
  return `${found}, and ${counted(wrong, 'other')} with them (precision ${right + wrong === 0 ? '–' : percent(precisionAt(point))}).`;
}

export const rocSummary = (area: number, label: string): string =>
  Number.isNaN(area)
    ? `There are not both "${label}" and others, so there is no curve.`
    : `Area ${area.toFixed(3)}: of one "${label}" and one other, the model finds the "${label}" likelier in ${percent(area)} of the cases; guessing gives 50 %.`;

export const precisionSummary = (average: number, share: number, label: string): string =>
  Number.isNaN(average)
    ? `There is no "${label}" in this part, so there is no curve.`
    : `Average precision ${average.toFixed(3)}; guessing gives ${share.toFixed(3)}, the share of "${label}".`;
