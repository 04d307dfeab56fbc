// What a whole batch would need at once, where it runs in pieces: nobody runs it, so shapes tell it, and the forecast, the plan and the receipt say
// the same.
import type { Workbench } from '#engine/mbp';
import { forecast, forecastPeak } from '#engine/forecast';
import type { Runtime } from '#engine/runtime';
import type { Plan } from '#shared/plan';

/** The plan with that; with what its line through small pieces says where the engine cannot tell. */
export function withWholeBatch(plan: Plan, { learner, programs }: Workbench, runtime: Runtime): Plan {
  if (plan.pieces.length === 1) return plan;
  const batch = plan.pieces.reduce((sum, size) => sum + size, 0);
  const [whole] = forecast(runtime, learner.network, learner.optimizer, [batch], programs.objective) ?? [];
  return whole ? { ...plan, wholeBatchBytes: Math.max(plan.peakBytes, forecastPeak(whole) + (plan.heldBytes ?? 0)) } : plan;
}
