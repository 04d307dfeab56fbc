// Ending a run before all its epochs are done, because validation does not get better any more.
import { locale, word } from './language';
import * as v from 'valibot';

const epochs = (name: string) =>
  v.pipe(
    v.number(`${name} must be a number.`),
    v.integer(`${name} must be a whole number.`),
    v.minValue(1, `${name} must be at least 1.`),
    v.maxValue(100_000, `${name} must be at most 100,000.`),
  );

export const STOPPING_ENTRIES = {
  /** Epochs in a row without a lower validation loss (a lower training loss where nothing is held out) that end the run; absent: none do. */
  patience: v.optional(epochs('The patience')),
  /** Epochs that are done whatever validation says; absent: 1. */
  minEpochs: v.optional(epochs('The fewest epochs')),
};

export interface StoppingSettings {
  patience?: number;
  minEpochs?: number;
}

/** A setting that means nothing without another: the field and a sentence. */
export function stoppingProblem({ patience, minEpochs }: StoppingSettings): { field: 'minEpochs'; message: string } | undefined {
  if (minEpochs === undefined || patience !== undefined) return undefined;
  return { field: 'minEpochs', message: 'The fewest epochs belong to stopping early. Set a patience, or leave them out.' };
}

/** How a run ended before its last epoch; part of its receipt. */
export interface EarlyEnd {
  /** The last one that was done. */
  epoch: number;
  /** Epochs in a row, up to it, that brought nothing better. */
  waited: number;
  /** Whose loss was the lowest; absent: no loss was a number. */
  best?: number;
}

/**
 * Whether a run ends after this epoch.
 * @param best the epoch with the lowest loss so far
 * @param since epochs up to this one do not count: the run was made longer after it
 */
export function endsAfter({ patience, minEpochs = 1 }: StoppingSettings, epoch: number, best = 0, since = 0): boolean {
  return patience !== undefined && epoch >= minEpochs && epoch - Math.max(best, since) >= patience;
}

/** What was waited for to get smaller. */
export type EvaluatedLoss = 'validation' | 'training';

/** "Validation has not improved for 6 epochs: ended at epoch 23, kept epoch 17." */
export function earlyEndSentence({ epoch, waited, best }: EarlyEnd, of: EvaluatedLoss, keepsBest: boolean): string {
  const ended = `ended at epoch ${epoch.toLocaleString(locale)}`;
  if (best === undefined)
    return of === 'validation'
      ? `The validation loss was no number in any epoch: ${ended}. Train again with a smaller learning rate.`
      : `The training loss was no number in any epoch: ${ended}. Train again with a smaller learning rate.`;
  const kept = keepsBest ? `, kept epoch ${best.toLocaleString(locale)}` : '';
  const epochs = `${waited.toLocaleString(locale)} ${waited === 1 ? word('epoch') : word('epochs')}`;
  return of === 'validation'
    ? `Validation has not improved for ${epochs}: ${ended}${kept}.`
    : `Training has not improved for ${epochs}: ${ended}${kept}.`;
}
