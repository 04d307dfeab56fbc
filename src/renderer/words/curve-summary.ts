// The sentence a chart says to those who do not see it.
import type { EpochReading } from '#shared/contract';
import type { DataSort } from '#shared/data-sort';
import { fourDigits } from '#shared/metric-words';
import { samplesNoun } from './choices';
import { loss, percent } from './numbers';

export type EpochPoint = EpochReading;

const isValidated = ({ validationAccuracy, scores }: EpochPoint): boolean =>
  !Number.isNaN(validationAccuracy) || scores?.validation !== undefined;

export function lossSummary(epochs: readonly EpochPoint[]): string {
  const [first, last] = [epochs[0], epochs[epochs.length - 1]];
  if (!first || !last) return 'Loss: the first epoch is not done yet.';
  if (!isValidated(last)) return `Loss after epoch ${last.epoch}: training loss ${loss(last.trainLoss)}; there is no validation.`;
  const now = `training loss ${loss(last.trainLoss)}, validation loss ${loss(last.validationLoss)}`;
  if (first === last) return `Loss after epoch ${last.epoch}: ${now}.`;
  const best = epochs.reduce((a, b) => (b.validationLoss < a.validationLoss ? b : a));
  const turn = best === last ? '' : ` Validation was lowest at epoch ${best.epoch} (${loss(best.validationLoss)}).`;
  return `Loss after epoch ${last.epoch}: ${now}, from ${loss(first.validationLoss)} at epoch ${first.epoch}.${turn}`;
}

export function accuracySummary(epochs: readonly EpochPoint[], sort: DataSort = 'pictures'): string {
  const [first, last] = [epochs[0], epochs[epochs.length - 1]];
  if (!first || !last) return 'Accuracy: the first epoch is not done yet.';
  if (!isValidated(last))
    return `Accuracy after epoch ${last.epoch}: ${percent(last.trainAccuracy)} right in training; there is no validation.`;
  const now = `${percent(last.validationAccuracy)} of validation ${samplesNoun(sort)} right, ${percent(last.trainAccuracy)} in training`;
  if (first === last) return `Accuracy after epoch ${last.epoch}: ${now}.`;
  const best = epochs.reduce((a, b) => (b.validationAccuracy > a.validationAccuracy ? b : a));
  const turn = best === last ? '' : ` Best was epoch ${best.epoch} (${percent(best.validationAccuracy)}).`;
  return `Accuracy after epoch ${last.epoch}: ${now}.${turn}`;
}

/** How near a model of a number comes: the share of the target's spread that it explains, and how far it is off. */
export function errorSummary(epochs: readonly EpochPoint[]): string {
  const last = epochs[epochs.length - 1];
  if (!last?.scores) return 'R²: the first epoch is not done yet.';
  const { train, validation } = last.scores;
  const learnt = train ? `${train.r2.toFixed(3)} in training` : '';
  if (!validation) return `R² after epoch ${last.epoch}: ${learnt}; there is no validation.`;
  const best = epochs.reduce((a, b) => ((b.scores?.validation?.r2 ?? -Infinity) > (a.scores?.validation?.r2 ?? -Infinity) ? b : a));
  const turn = best === last ? '' : ` Best was epoch ${best.epoch} (${best.scores?.validation?.r2.toFixed(3)}).`;
  return `R² after epoch ${last.epoch}: ${validation.r2.toFixed(3)} on the validation rows, off by ${fourDigits(validation.off)} on average${learnt && `; ${learnt}`}.${turn}`;
}
