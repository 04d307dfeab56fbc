// A network ready to learn, for the time of one measurement.
import { initialWeights } from '#engine/initialize';
import { createLearner, disposeLearner } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import { BudgetMeter } from '#engine/meter';
import type { Network } from '#engine/network';
import { createOptimizer } from '#engine/optimizers';
import { Programs } from '#engine/programs';
import type { Runtime } from '#engine/runtime';

export const RATE = 0.01;

export async function withWorkbench<T>(runtime: Runtime, network: Network, use: (bench: Workbench) => Promise<T>): Promise<T> {
  const optimizer = createOptimizer('momentum');
  const bench: Workbench = {
    meter: new BudgetMeter(runtime.meter),
    learner: createLearner(network, optimizer, initialWeights(network, 1)),
    programs: new Programs(runtime, network, optimizer),
  };
  try {
    return await use(bench);
  } finally {
    disposeLearner(bench.learner);
    bench.programs.dispose();
  }
}
