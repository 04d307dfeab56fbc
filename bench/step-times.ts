// Steps of the catalogue's models measured beside what they compute, a line of JSON each: what engine/expected-pace.ts was fitted to.
// npm run bench -- step-times [ENGINE]
import { initialWeights } from '#engine/initialize';
import { createLearner, disposeLearner } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import { BudgetMeter } from '#engine/meter';
import { CATALOGUE } from '#engine/models/catalogue';
import { createOptimizer } from '#engine/optimizers';
import { Programs } from '#engine/programs';
import { blankSamples, type TrainingData } from '#engine/training-data';
import { trial } from '#engine/trial';
import { ENGINE_NAMES, type EngineName } from '#shared/engine';
import type { CatalogueName } from '#shared/run-spec';
import { loadEngine } from '#trainer/backend';
import { measurePace } from '#trainer/planning/measure-pace';
import { objectiveFor } from './forecast-cases';

const STEPS: [CatalogueName, number[], number, number[]][] = [
  ['small-cnn', [8, 8, 1], 10, [32, 256]],
  ['small-cnn', [32, 32, 3], 10, [16, 64]],
  ['small-cnn', [96, 96, 3], 5, [8]],
  ['mlp', [64], 10, [32, 256]],
  ['mlp', [28, 28, 1], 10, [32, 256]],
  ['linear', [10], 2, [32]],
  ['linear', [32, 32, 3], 10, [64]],
  ['lenet', [28, 28, 1], 10, [32, 256]],
  ['resnet-8', [8, 8, 1], 10, [32]],
  ['resnet-8', [32, 32, 3], 10, [8, 32]],
  ['resnet-18', [64, 64, 3], 10, [4]],
  ['resnet-18', [96, 96, 3], 10, [4, 16]],
  ['resnet-50', [96, 96, 3], 10, [2]],
  ['mobilenet-v2', [64, 64, 3], 10, [8]],
  ['mobilenet-v2', [96, 96, 3], 10, [4]],
  ['efficientnet-lite0', [96, 96, 3], 10, [4]],
  ['vit-tiny', [64, 64, 3], 10, [4, 12]],
  ['u-net-light', [32, 32, 3], 3, [8]],
  ['u-net-light', [64, 64, 3], 2, [4]],
  ['u-net', [32, 32, 3], 3, [4]],
  ['u-net', [96, 96, 3], 2, [2]],
  ['resnet-18', [224, 224, 3], 10, [2]],
  ['mobilenet-v2', [160, 160, 3], 10, [4]],
  ['resnet-50', [160, 160, 3], 10, [4]],
];

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function main([engine = 'tensorflow-cpu', alone]: string[]): Promise<void> {
  if (!ENGINE_NAMES.includes(engine as EngineName)) throw new Error(`The engine must be one of: ${ENGINE_NAMES.join(', ')}.`);
  const runtime = await loadEngine(engine as EngineName, alone === 'alone');
  for (const [model, shape, classes, sizes] of STEPS) {
    const network = CATALOGUE[model].build(shape, classes);
    const objective = objectiveFor(network);
    const optimizer = createOptimizer('adam');
    const bench: Workbench = {
      meter: new BudgetMeter(runtime.meter),
      learner: createLearner(network, optimizer, initialWeights(network, 1)),
      programs: new Programs(runtime, network, optimizer, objective),
    };
    for (const micro of sizes) {
      const targets = objective.loss.targets(network.outputShape);
      const indices = new Int32Array(micro);
      const read: TrainingData['read'] = (_list, _start, size) => blankSamples(size, shape, targets);
      const point = await trial(bench, micro, [micro], () => performance.now());
      const plan = { batch: micro, micro, pieces: [micro], measured: [point] };
      const data = { inputShape: shape, classes, train: indices, validation: indices, read };
      const pace = await measurePace({ bench, data, seed: 1, plan, isParallel: runtime.isParallel ?? false, pause });
      console.log(JSON.stringify({ model, shape, engine, alone, ...pace }));
    }
    disposeLearner(bench.learner);
    bench.programs.dispose();
  }
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
