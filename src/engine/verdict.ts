// Is training in pieces the same as training with the whole batch? Said before the run and again in its receipt.
import { FailureError } from '#shared/failure';
import type { Verdict } from '#shared/plan';
import type { Network } from './network';
import type { Loss } from './objectives/objective';
import { statisticsPlaces } from './statistics';

type Reason = Omit<Extract<Verdict, { kind: 'not-identical' }>, 'kind'>;

export function verdictOf(network: Network, pieces: number): Verdict {
  const reasons: Reason[] = [];
  if (pieces > 1 && statisticsPlaces(network).length > 0) {
    reasons.push({
      because: 'this model has batch normalization, which looks at the samples of one piece at a time instead of the whole batch',
      remedy: 'choose a model without batch normalization, or allow enough memory for the batch in one piece',
    });
  }
  if (network.savers?.eightBits) {
    reasons.push({
      because: 'what the backward pass reads again is kept in 8 bits, so the gradient is an approximation',
      remedy: 'leave out the memory saver int8-activations; recompute and light-layers give the same result',
    });
  }
  if (reasons.length === 0) return { kind: 'identical' };
  const joined = (part: keyof Reason, word: string): string => reasons.map((reason) => reason[part]).join(word);
  return { kind: 'not-identical', because: joined('because', '; and '), remedy: joined('remedy', '; and ') };
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
