// Fast mode is offered only where it is faster.
import type { Runtime } from '#engine/runtime';
import { ENGINE_LABELS } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { DEFAULT_PRECISION, type RunSpec } from '#shared/run-spec';

const ONLY = 'it computes in float32 only';
export const FLOAT32_ONLY: Runtime['precisionProblems'] = { bfloat16: ONLY, float16: ONLY };

/** @throws FailureError bad-setting where the engine or this machine would only be slower */
export function refuseFastMode({ report, precisionProblems }: Runtime, { precision = DEFAULT_PRECISION }: RunSpec): void {
  const because = precisionProblems[precision];
  if (because === undefined) return;
  const engine = ENGINE_LABELS[report.name];
  throw new FailureError({
    kind: 'bad-setting',
    problem: `Fast mode (${precision}) is not available with ${engine}: ${because}. Please leave it off.`,
  });
}
