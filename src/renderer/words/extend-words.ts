// A completed run made longer: how far it usually goes on, and what that means where it had stopped by itself.
import type { RunSummary } from '#shared/run-record';
import type { EarlyEnd } from '#shared/early-stopping';
import type { RunSpec } from '#shared/run-spec';
import { count, counted } from './numbers';

/** Twice as many; one that stopped by itself goes on from there, and waits as long as before for a better epoch. */
export const extendedTo = ({ spec, endedEarly }: Pick<RunSummary, 'spec' | 'endedEarly'>): number =>
  endedEarly ? spec.epochs + (spec.patience ?? 1) : 2 * spec.epochs;

export const extendWords = ({ patience = 1 }: Pick<RunSpec, 'patience'>, { epoch }: EarlyEnd): string =>
  `It goes on after epoch ${count(epoch)}, and stops by itself again after ${counted(patience, 'epoch', 'epochs')} without a better one.`;
