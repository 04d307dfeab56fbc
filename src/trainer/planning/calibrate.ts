// A short look at how fast this computer is, where nothing was measured on it yet: training steps of two small networks, thrown away.
import { initialWeights } from '#engine/initialize';
import { createLearner, disposeLearner } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import { BudgetMeter } from '#engine/meter';
import { CATALOGUE } from '#engine/models/catalogue';
import { CLASSES } from '#engine/objectives/classes';
import { createOptimizer } from '#engine/optimizers';
import { Programs } from '#engine/programs';
import type { Runtime } from '#engine/runtime';
import { blankSamples, CLASS_INDEX, type TrainingData } from '#engine/training-data';
import { trial } from '#engine/trial';
import type { Pace } from '#shared/pace';
import type { CatalogueName } from '#shared/run-spec';
import { turn } from '../turn';
import { measurePace } from './measure-pace';

/** Large convolutions, many small ones, products: together a second, and about what was fitted (engine/expected-pace.ts). */
const EFFORT = { warmMs: 100, countedMs: 150, rounds: 1 };
export const LOOKED_AT: [CatalogueName, number[], number][] = [
  ['small-cnn', [32, 32, 3], 16],
  ['resnet-8', [32, 32, 3], 8],
  ['mlp', [28, 28, 1], 64],
];
const OUTPUTS = 10;

export async function calibrate(runtime: Runtime): Promise<Pace[]> {
  const paces: Pace[] = [];
  for (const [model, shape, micro] of LOOKED_AT) {
    const network = CATALOGUE[model].build(shape, OUTPUTS);
    const optimizer = createOptimizer('adam');
    const bench: Workbench = {
      meter: new BudgetMeter(runtime.meter),
      learner: createLearner(network, optimizer, initialWeights(network, 1)),
      programs: new Programs(runtime, network, optimizer, CLASSES),
    };
    const indices = new Int32Array(micro);
    const data: TrainingData = {
      inputShape: shape,
      classes: OUTPUTS,
      train: indices,
      validation: indices,
      read: (_list, _start, size) => blankSamples(size, shape, CLASS_INDEX),
    };
    try {
      const point = await trial(bench, micro, [], () => performance.now());
      const plan = { batch: micro, micro, pieces: [micro], measured: [point] };
      paces.push(await measurePace({ bench, data, seed: 1, plan, isParallel: runtime.isParallel ?? false, pause: turn, effort: EFFORT }));
    } finally {
      disposeLearner(bench.learner);
      bench.programs.dispose();
    }
  }
  return paces;
}
