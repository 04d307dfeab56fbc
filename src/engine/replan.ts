// A plan after memory ran out: smaller pieces, and a forecast that knows better.
import type { Plan } from '#shared/plan';
import { stagesOf } from './exact-batch-norm/plan';
import type { Workbench } from './mbp';
import { equalPieces } from './pieces';
import type { Recovery } from './recover';
import { verdictOf } from './verdict';

/** The line is moved up so that it passes through what the failed piece needed; its slope is what was measured. */
export function replanned(plan: Plan, { learner, exact }: Workbench, { during, from, micro, neededBytes }: Recovery): Plan {
  if (during === 'validation') return plan;
  const { bytesPerSample, fixedBytes } = plan.fit;
  const fit = { bytesPerSample, fixedBytes: Math.max(fixedBytes, neededBytes - bytesPerSample * from) };
  const full = Math.min(
    plan.batch,
    plan.pieces.reduce((sum, size) => sum + size, 0),
  );
  const pieces = equalPieces(full, micro);
  const stages = exact && (plan.stages ?? stagesOf(exact, full));
  const peakBytes = Math.min(plan.budgetBytes, Math.round(fit.fixedBytes + fit.bytesPerSample * Math.max(...pieces)));
  const others = plan.memory.parameters + plan.memory.accumulator + plan.memory.optimizer;
  return {
    ...plan,
    micro: Math.max(...pieces),
    pieces,
    peakBytes,
    fit,
    wholeBatchBytes: Math.max(peakBytes, Math.round(fit.fixedBytes + fit.bytesPerSample * full)),
    memory: { ...plan.memory, activations: Math.max(0, peakBytes - others) },
    verdict: verdictOf(learner.network, pieces, stages, plan.gradientEffect),
    ...(stages ? { stages } : {}),
  };
}
