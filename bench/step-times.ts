// Steps measured beside what they compute, a line of JSON each: what bench/step-fit.ts fits.
// npm run bench -- step-times [ENGINE [alone]] > FILE
import { initialWeights } from '#engine/initialize';
import { createLearner, disposeLearner } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import { BudgetMeter } from '#engine/meter';
import { createOptimizer } from '#engine/optimizers';
import { Programs } from '#engine/programs';
import { blankSamples, type TrainingData } from '#engine/training-data';
import { trial } from '#engine/trial';
import { ENGINE_NAMES, type EngineName } from '#shared/engine';
import type { Pace } from '#shared/pace';
import { loadEngine } from '#trainer/backend';
import { measurePace } from '#trainer/planning/measure-pace';
import { turn } from '#trainer/turn';
import { objectiveFor } from './forecast-cases';
import { STEP_CASES } from './step-cases';

export interface TimedStep extends Pace {
  name: string;
  shape: number[];
  engine: EngineName;
}

async function main([engine = 'tensorflow-cpu', alone]: string[]): Promise<void> {
  if (!ENGINE_NAMES.includes(engine as EngineName)) throw new Error(`The engine must be one of: ${ENGINE_NAMES.join(', ')}.`);
  const runtime = await loadEngine(engine as EngineName, alone === 'alone');
  for (const { name, shape, sizes, build } of STEP_CASES) {
    const network = build();
    const objective = objectiveFor(network);
    const optimizer = createOptimizer('adam');
    const bench: Workbench = {
      meter: new BudgetMeter(runtime.meter),
      learner: createLearner(network, optimizer, initialWeights(network, 1)),
      programs: new Programs(runtime, network, optimizer, objective),
    };
    let perSample = 0;
    for (const micro of sizes) {
      const targets = objective.loss.targets(network.outputShape);
      const indices = new Int32Array(micro);
      const read: TrainingData['read'] = (_list, _start, size) => blankSamples(size, shape, targets);
      const point = await trial(bench, micro, [micro], () => performance.now(), perSample * micro);
      perSample = point.milliseconds / micro;
      const plan = { batch: micro, micro, pieces: [micro], measured: [point] };
      const data = { inputShape: shape, classes: network.classes, train: indices, validation: indices, read };
      const pace = await measurePace({ bench, data, seed: 1, plan, isParallel: runtime.isParallel ?? false, pause: turn });
      const timed: TimedStep = { name, shape, engine: runtime.report.name, ...pace };
      console.log(JSON.stringify(timed));
    }
    disposeLearner(bench.learner);
    bench.programs.dispose();
  }
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
