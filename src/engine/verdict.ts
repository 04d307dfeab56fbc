// Is training in pieces the same as training with the whole batch? Said before the run and again in its receipt.
import { FailureError } from '#shared/failure';
import type { Verdict } from '#shared/plan';
import type { Network } from './network';
import type { Loss } from './objectives/objective';
import { statisticsPlaces } from './statistics';

export function verdictOf(network: Network, pieces: number): Verdict {
  if (pieces === 1 || statisticsPlaces(network).length === 0) return { kind: 'identical' };
  return {
    kind: 'not-identical',
    because: 'this model has batch normalization, which looks at the samples of one piece at a time instead of the whole batch',
    remedy: 'choose a model without batch normalization, or allow enough memory for the batch in one piece',
  };
}

/** @throws FailureError bad-setting when the loss is no sum over samples and the mini-batch would be cut: there is no way to make up for it. */
export function refuseToCut({ wholeBatchOnly }: Loss, pieces: number): void {
  if (pieces === 1 || !wholeBatchOnly) return;
  const { because, remedy } = wholeBatchOnly;
  throw new FailureError({
    kind: 'bad-setting',
    problem: `This batch cannot be cut into ${pieces} micro-batches, because ${because}. Please ${remedy}, or allow enough memory for the batch in one piece.`,
  });
}
