// Which model of a run is kept, by what rule, and what the other one comes to.
import type { KeptModel, Receipt } from '#shared/run-event';
import { keepsBest, type RunSpec } from '#shared/run-spec';
import { count, loss } from './numbers';

type Told = Pick<Receipt, 'model' | 'other' | 'done' | 'final'>;

/** Of epochs, before a run. @param validation how much is held out */
export const willKeep = (spec: Pick<RunSpec, 'finalModel' | 'patience'>, validation: number): string =>
  !keepsBest(spec, validation)
    ? 'The model of the last one is kept.'
    : validation > 0
      ? 'The model of the one with the lowest validation loss is kept.'
      : 'The model of the one with the lowest training loss is kept.';

/** "Kept: the model of epoch 104, the best by validation loss (0.0283). The last, of epoch 2,000, has 0.0498."; undefined of older versions. */
export function keptWords(told: Told): string | undefined {
  const { model, other } = told;
  if (model?.epoch === undefined) return undefined;
  const kept = model.of === 'best epoch' ? bestWords(model, told) : lastWords(model, told);
  return other ? `Kept: ${kept}. ${otherWords(other, told)}.` : `Kept: ${kept}.`;
}

function bestWords({ epoch, step }: KeptModel, { done, final }: Told): string {
  const of = `the model of epoch ${number(epoch)}`;
  if (final.validation)
    return step === done?.steps
      ? `${of}, the last and the best by validation loss (${lossOf(final)})`
      : `${of}, the best by validation loss (${lossOf(final)})`;
  return step === done?.steps
    ? `${of}, the last and the best by training loss (${lossOf(final)})`
    : `${of}, the best by training loss (${lossOf(final)})`;
}

function lastWords({ epoch }: KeptModel, { other, final }: Told): string {
  const why = other ? ` (validation loss ${lossOf(final)})` : final.validation ? '' : '; nothing was held out to find the best by';
  return `the last model, of epoch ${number(epoch)}${why}`;
}

function otherWords({ of, epoch, final }: NonNullable<Receipt['other']>, told: Told): string {
  // Ended within an epoch, a run may be better there than after any.
  const isWorse = valueOf(told.final) < valueOf(final);
  if (of === 'last step') return `The last, of epoch ${number(epoch)}, has ${lossOf(final)}`;
  return isWorse
    ? `The best after a whole epoch, of epoch ${number(epoch)}, has ${lossOf(final)}`
    : `The best, of epoch ${number(epoch)}, has ${lossOf(final)}`;
}

/** On the button that brings the other one. */
export const keepOtherLabel = ({ of, epoch }: KeptModel): string =>
  of === 'last step' ? 'Keep the last instead' : `Keep that of epoch ${number(epoch)} instead`;

const number = (epoch = 0): string => count(epoch);
const valueOf = ({ train, validation }: Receipt['final']): number => (validation ?? train).loss ?? NaN;
const lossOf = (final: Receipt['final']): string => loss(valueOf(final));
