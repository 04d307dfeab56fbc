// A run that is only being finished: its model is saved, so nothing is tried, made or trained. Where memory does not reach even for that, it stays paused.
import type { Workbench } from '#engine/mbp';
import { toFailure } from '#shared/failure';
import type { Plan } from '#shared/plan';
import type { RunEvent } from '#shared/run-event';

/**
 * The plan it was trained by. In the middle of an epoch it is judged once more, in smaller pieces where those do not fit.
 * @param mostMicro a process died of more
 */
export function planToFinish(trained: Plan, { meter }: Workbench, budgetBytes: number, mostMicro = Infinity): Plan {
  meter.limitBytes = budgetBytes;
  return { ...trained, micro: Math.min(trained.micro, mostMicro) };
}

/** Its checkpoint lies as it did. @throws error, unless memory ran out */
export function* stillPaused(step: number, error: unknown): Generator<RunEvent> {
  if (toFailure(error).kind !== 'out-of-memory') throw error;
  yield {
    kind: 'note',
    message: 'There was too little memory to finish it, so it stays paused. Close other programs, and finish it again.',
  };
  yield { kind: 'paused', step, seconds: 0, canGoOn: true };
}
