// The sentence a chart says to those who do not see it.
import { loss, percent } from './numbers';

export interface EpochPoint {
  epoch: number;
  step: number;
  trainLoss: number;
  trainAccuracy: number;
  /** Both NaN where no samples are held out. */
  validationLoss: number;
  validationAccuracy: number;
}

const isValidated = ({ validationAccuracy }: EpochPoint): boolean => !Number.isNaN(validationAccuracy);

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

export function accuracySummary(epochs: readonly EpochPoint[]): string {
  const [first, last] = [epochs[0], epochs[epochs.length - 1]];
  if (!first || !last) return 'Accuracy: the first epoch is not done yet.';
  if (!isValidated(last))
    return `Accuracy after epoch ${last.epoch}: ${percent(last.trainAccuracy)} right in training; there is no validation.`;
  const now = `${percent(last.validationAccuracy)} of validation pictures right, ${percent(last.trainAccuracy)} in training`;
  if (first === last) return `Accuracy after epoch ${last.epoch}: ${now}.`;
  const best = epochs.reduce((a, b) => (b.validationAccuracy > a.validationAccuracy ? b : a));
  const turn = best === last ? '' : ` Best was epoch ${best.epoch} (${percent(best.validationAccuracy)}).`;
  return `Accuracy after epoch ${last.epoch}: ${now}.${turn}`;
}
