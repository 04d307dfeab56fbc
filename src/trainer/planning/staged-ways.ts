// With exact BatchNorm a mini-batch that does not fit whole runs stage by stage: the ways to do so, as the planner tries them, each with its peaks.
import type { ExactBatchNorm } from '#engine/exact-batch-norm/exact';
import { stagings } from '#engine/exact-batch-norm/plan';
import { PeakCurve } from './peak-curve';
import { lookAtShapes } from './shapes';
import type { Subject } from './subject';

export interface StagedWay {
  exact: ExactBatchNorm;
  /** Without what is parked. */
  peaks: PeakCurve;
}

/** Each parking less than the one before it; looked at when it is asked for. @throws FailureError bad-setting on engines that cannot forecast */
export function* stagedWays(
  subject: Subject,
  { batch, budgetBytes, kept }: { batch: number; budgetBytes: number; kept?: readonly number[] },
): Generator<StagedWay> {
  const { data, network, optimizer, runtime, staged } = subject;
  const memoryBytes = runtime.meter.isDeviceMemory ? Infinity : budgetBytes;
  for (const exact of stagings(network, data.objective, batch, memoryBytes, kept)) {
    const peaks =
      staged.get(exact.id) ?? new PeakCurve(lookAtShapes(runtime, network, optimizer, data.objective, exact), data.train.length);
    staged.set(exact.id, peaks);
    peaks.reachNow(budgetBytes, batch);
    yield { exact, peaks };
  }
}
