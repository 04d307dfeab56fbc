// The sentence a chart says to those who do not see it.
import type { EpochReading } from '#shared/run-record';
import { samplesNoun, type DataSort } from '#shared/data-sort';
import { figuresOf, mainWords, ratio } from '#shared/metric-words';
import { loss, percent } from './numbers';

export type EpochPoint = EpochReading;

const isValidated = ({ validationAccuracy, scores }: EpochPoint): boolean =>
  !Number.isNaN(validationAccuracy) || scores?.validation !== undefined;

/** @param hasEnded no epoch follows */
const noneYet = (hasEnded: boolean): string => (hasEnded ? 'no epoch was done.' : 'the first epoch is not done yet.');

export function lossSummary(epochs: readonly EpochPoint[], hasEnded = false): string {
  const [first, last] = [epochs[0], epochs[epochs.length - 1]];
  if (!first || !last) return `Loss: ${noneYet(hasEnded)}`;
  if (!isValidated(last)) return `Loss after epoch ${last.epoch}: training loss ${loss(last.trainLoss)}; there is no validation.`;
  const now = `training loss ${loss(last.trainLoss)}, validation loss ${loss(last.validationLoss)}`;
  if (first === last) return `Loss after epoch ${last.epoch}: ${now}.`;
  const best = epochs.reduce((a, b) => (b.validationLoss < a.validationLoss ? b : a));
  const turn = best === last ? '' : ` Validation was lowest at epoch ${best.epoch} (${loss(best.validationLoss)}).`;
  return `Loss after epoch ${last.epoch}: ${now}, from ${loss(first.validationLoss)} at epoch ${first.epoch}.${turn}`;
}

export function accuracySummary(epochs: readonly EpochPoint[], sort: DataSort = 'pictures', hasEnded = false): string {
  const [first, last] = [epochs[0], epochs[epochs.length - 1]];
  if (!first || !last) return `Accuracy: ${noneYet(hasEnded)}`;
  if (!isValidated(last))
    return `Accuracy after epoch ${last.epoch}: ${percent(last.trainAccuracy)} right in training; there is no validation.`;
  const now = `${percent(last.validationAccuracy)} of validation ${samplesNoun(sort)} right, ${percent(last.trainAccuracy)} in training`;
  if (first === last) return `Accuracy after epoch ${last.epoch}: ${now}.`;
  const turn = turnWords(epochs, ({ validationAccuracy }) => validationAccuracy, percent);
  return `Accuracy after epoch ${last.epoch}: ${now}.${turn}`;
}

/** Where it was highest, which need not be where the loss was lowest: by that a model is kept. "" where neither says more than the last. */
function turnWords(epochs: readonly EpochPoint[], valueOf: (epoch: EpochPoint) => number, say: (value: number) => string): string {
  const highest = epochs.reduce((a, b) => (valueOf(b) > valueOf(a) || Number.isNaN(valueOf(a)) ? b : a));
  const lowest = epochs.reduce((a, b) => (b.validationLoss < a.validationLoss ? b : a));
  const [most, now, kept] = [highest, epochs[epochs.length - 1], lowest].map((epoch) => say(valueOf(epoch)));
  const isTold = kept === most || lowest === epochs[epochs.length - 1];
  if (isTold && now === most) return '';
  // Of those that had as much, the one that is kept.
  const first = kept === most ? lowest : highest;
  return ` Highest was epoch ${first.epoch} (${most})${isTold ? '' : `; epoch ${lowest.epoch}, the best by loss, had ${kept}`}.`;
}

/** What a chart of R² or IoU shows: the latest, and the best where it was another. */
export function scoreSummary(epochs: readonly EpochPoint[], sort: DataSort, hasEnded = false): string {
  const last = epochs[epochs.length - 1];
  if (!last?.scores) return `${SCORE_NAMES[sort]}: ${noneYet(hasEnded)}`;
  const { train, validation } = last.scores;
  const learnt = train ? `${mainWords(train)} in training` : '';
  if (!validation) return `After epoch ${last.epoch}: ${learnt}; there is no validation.`;
  const held = ({ scores }: EpochPoint) => (scores?.validation ? figuresOf(scores.validation)[0].value : NaN);
  const turn = turnWords(epochs, held, ratio);
  return `After epoch ${last.epoch}: ${mainWords(validation)} on the validation ${samplesNoun(sort)}${learnt && `; ${learnt}`}.${turn}`;
}

/** What such a chart is called; absent: it shows accuracy. */
export const SCORE_NAMES: Partial<Record<DataSort, string>> = { masks: 'IoU', regression: 'R²' };
