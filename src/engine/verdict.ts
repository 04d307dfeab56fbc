// Is training in pieces the same as training with the whole batch? Said before the run and again in its receipt.
import type { Verdict } from '#shared/plan';
import type { Network } from './network';
import { statisticsPlaces } from './statistics';

export function verdictOf(network: Network, pieces: number): Verdict {
  if (pieces === 1 || statisticsPlaces(network).length === 0) return { kind: 'identical' };
  return {
    kind: 'not-identical',
    because: 'this model has batch normalization, which looks at the samples of one piece at a time instead of the whole batch',
    remedy: 'choose a model without batch normalization, or allow enough memory for the batch in one piece',
  };
}
