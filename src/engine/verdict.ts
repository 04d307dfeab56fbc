// Is training in pieces the same as training with the whole batch? Said before the run and again in its receipt.
import { withMark } from '#shared/language';
import { formatBytes } from '#shared/bytes';
import { FailureError } from '#shared/failure';
import type { ExactStages, Verdict } from '#shared/plan';
import { DEFAULT_PRECISION } from '#shared/run-spec';
import type { Network } from './network';
import type { Loss } from './objectives/objective';
import { normalizations, statisticsPlaces } from './statistics';

type Reason = Omit<Extract<Verdict, { kind: 'not-identical' }>, 'kind'>;

/** Whether another N_μ would be another result: BatchNorm looks at one piece at a time. */
export const dependsOnPieces = (network: Network, pieces: readonly number[], stages?: ExactStages): boolean =>
  pieces.length > 1 && !stages && statisticsPlaces(network).length > 0;

/**
 * @param stages how exact BatchNorm runs the pieces, where it does
 * @param gradientEffect how far 8 bits moved a gradient, relative, where it was measured (gradient-effect.ts)
 */
export function verdictOf(network: Network, pieces: readonly number[], stages?: ExactStages, gradientEffect?: number): Verdict {
  const reasons: Reason[] = [];
  if (dependsOnPieces(network, pieces, stages)) {
    const seen = Math.max(...pieces) === 1 ? 'one sample at a time' : 'the samples of one piece at a time';
    reasons.push({
      because: `this model has batch normalization, which looks at ${seen} instead of the whole batch`,
      remedy:
        'choose exact batch normalization, which takes more time, or normalization by groups, or allow enough memory for the batch in one piece',
    });
  }
  if (network.savers?.eightBits) {
    const measured =
      gradientEffect === undefined ? '' : ` (${withMark((100 * gradientEffect).toPrecision(2))} % off where it was measured)`;
    reasons.push({
      because: `what the backward pass reads again is kept in 8 bits, so the gradient is an approximation${measured}`,
      remedy: 'leave out the memory saver int8-activations; recompute and light-layers give the same result',
    });
  }
  if ((network.precision ?? DEFAULT_PRECISION) !== DEFAULT_PRECISION) {
    reasons.push({
      because: `fast mode computes in numbers of 16 bits (${network.precision}), which round more`,
      remedy: 'leave fast mode off (precision float32)',
    });
  }
  if (reasons.length === 0) return identical(network, stages);
  const joined = (part: keyof Reason, word: string): string => reasons.map((reason) => reason[part]).join(word);
  return { kind: 'not-identical', because: joined('because', '; and '), remedy: joined('remedy', '; and ') };
}

/** With what BatchNorm does for it, and what that costs. */
function identical(network: Network, stages?: ExactStages): Verdict {
  if (stages) {
    const again = stages.recomputedShare > 0 ? ' Some of it is computed again to save memory.' : '';
    const waiting = stages.parkedBytes > 0 ? ` and ${formatBytes(stages.parkedBytes)} for what waits in between` : '';
    return {
      kind: 'identical',
      because: `Batch normalization looks at the whole batch here, although not all of it is worked on at once. That takes more time${waiting}; at most the last digits differ, by rounding.${again}`,
    };
  }
  if (network.batchNorm !== 'frozen' || normalizations(network).length === 0) return { kind: 'identical' };
  return {
    kind: 'identical',
    because: 'Batch normalization is frozen: it goes by what it learnt before, whatever the pieces are.',
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
