// A schedule runs over the whole run, so a run that is made longer follows another one from there on: said in a sentence, not hidden.
import { withMark } from '#shared/language';
import { stepsPerEpoch } from '#engine/course';
import { learningRates } from '#engine/schedules';
import type { RunSpec } from '#shared/run-spec';

/** Undefined where the learning rate goes on as it would have. */
export function rateNote(before: RunSpec, now: RunSpec, step: number, train: number): string | undefined {
  if (before.epochs === now.epochs) return undefined;
  const perEpoch = stepsPerEpoch(train, now.batch);
  const rateAt = (spec: RunSpec, at: number) =>
    learningRates(spec.learningRate, spec, { stepsPerEpoch: perEpoch, epochs: spec.epochs })(at);
  const [last, next] = [rateAt(before, Math.max(1, step)), rateAt(now, step + 1)];
  if (Math.abs(next - rateAt(before, Math.min(step + 1, perEpoch * before.epochs))) <= 1e-12) return undefined;
  const [from, to] = [last, next].map((rate) => withMark(Number(rate.toPrecision(3))));
  return `The ${now.schedule ?? 'constant'} schedule of the learning rate now runs over ${now.epochs} epochs instead of ${before.epochs}: the rate goes on at ${to}, after ${from} in the last step.`;
}
