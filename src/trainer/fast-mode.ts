// Fast mode is offered only where it is faster.
import type { Runtime } from '#engine/runtime';
import { ENGINE_LABELS } from '#shared/engine';
import { FailureError } from '#shared/failure';
import type { RunSpec } from '#shared/run-spec';

/** @throws FailureError bad-setting where the engine or this machine would only be slower */
export function refuseFastMode({ report, bfloat16Problem }: Runtime, { precision }: RunSpec): void {
  if (precision !== 'bfloat16' || !bfloat16Problem) return;
  const engine = ENGINE_LABELS[report.name];
  throw new FailureError({
    kind: 'bad-setting',
    problem: `Fast mode (bfloat16) is not available with ${engine}: ${bfloat16Problem}. Please leave it off.`,
  });
}
