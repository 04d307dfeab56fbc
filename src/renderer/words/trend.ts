// What the curves of a run say, in plain words: whether it still learns, has stopped, or begins to learn by heart.
import type { StepPoint } from '../state/curve';
import type { EpochPoint } from './curve-summary';
import { count, counted, loss } from './numbers';

/** Epochs without a better one that are worth a word. */
const PATIENCE = 3;
/** A change of the loss smaller than this share is none. */
const LITTLE = 0.02;
/** Fewer steps have no trend. */
const LEAST_STEPS = 12;

/**
 * At most two sentences, the more telling first; none while there is too little to say.
 * @param keeps which epoch's model the run saves
 */
export function trendWords(steps: readonly StepPoint[], epochs: readonly EpochPoint[], keeps: 'best' | 'last' = 'best'): string[] {
  const latest = steps[steps.length - 1];
  if (latest && !Number.isFinite(latest.loss)) {
    const hasBest = epochs.some(({ validationLoss }) => Number.isFinite(validationLoss));
    const take = keeps === 'best' ? 'Finish early to keep the best epoch so far' : 'Finish early and keep the best epoch so far instead';
    const end = hasBest ? `${take}, or discard the run` : 'Discard the run';
    return [`The loss is not a number any more. ${end}; plan it again with a smaller learning rate.`];
  }
  const held = epochs.filter(({ validationLoss }) => Number.isFinite(validationLoss));
  const heart = byHeartWords(held, keeps);
  if (heart !== undefined) return [heart];
  return [validationWords(held), lossWords(steps)].filter((words) => words !== undefined);
}

const bestOf = (held: readonly EpochPoint[]): EpochPoint => held.reduce((a, b) => (b.validationLoss < a.validationLoss ? b : a));

function byHeartWords(held: readonly EpochPoint[], keeps: 'best' | 'last'): string | undefined {
  const last = held[held.length - 1];
  if (!last) return undefined;
  const best = bestOf(held);
  const isRising = last.validationLoss > (1 + LITTLE) * best.validationLoss && last.trainLoss < (1 - LITTLE) * best.trainLoss;
  if (last.epoch - best.epoch < PATIENCE || !isRising) return undefined;
  const kept = keeps === 'best' ? `That epoch is kept, by its loss` : `Kept is the last epoch; this one stays beside it`;
  return `Training loss falls while validation loss rises since epoch ${count(best.epoch)}: the model begins to learn by heart. ${kept}.`;
}

function validationWords(held: readonly EpochPoint[]): string | undefined {
  const last = held[held.length - 1];
  if (held.length < 2 || !last) return undefined;
  const best = bestOf(held);
  const since = last.epoch - best.epoch;
  if (since === 0) return `Validation is at its best so far: loss ${loss(last.validationLoss)} after epoch ${last.epoch}.`;
  if (since < PATIENCE) return undefined;
  return `Validation has not improved for ${counted(since, 'epoch', 'epochs')}; epoch ${best.epoch} was the best (loss ${loss(best.validationLoss)}).`;
}

/** Of the last third of the steps, its second half against its first. */
function lossWords(steps: readonly StepPoint[]): string | undefined {
  const recent = steps.slice(-Math.max(LEAST_STEPS, Math.ceil(steps.length / 3)));
  if (recent.length < LEAST_STEPS) return undefined;
  const half = Math.floor(recent.length / 2);
  const mean = (of: readonly StepPoint[]) => of.reduce((sum, point) => sum + (point.mean ?? point).loss, 0) / of.length;
  const [before, after] = [mean(recent.slice(0, half)), mean(recent.slice(half))];
  if (after < (1 - LITTLE) * before) return 'The loss is falling.';
  if (after > (1 + LITTLE) * before) return 'The loss is rising.';
  return 'The loss has hardly changed lately.';
}
