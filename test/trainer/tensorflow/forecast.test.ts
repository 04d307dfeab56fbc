// What is said from shapes alone beside what trials measure, at sizes nobody measured before.
import { memory } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { forecast, forecastPeak } from '#engine/forecast';
import { initialWeights } from '#engine/initialize';
import { createLearner, disposeLearner } from '#engine/learner';
import { BudgetMeter } from '#engine/meter';
import { CATALOGUE } from '#engine/models/catalogue';
import { createOptimizer } from '#engine/optimizers';
import { Programs } from '#engine/programs';
import { trial } from '#engine/trial';
import type { ModelName, OptimizerName } from '#shared/run-spec';
import { directRuntime } from '#test/support/direct-runtime';
import { describeTensorFlow } from '#test/support/tensorflow';
import { tinyNetwork } from '#test/support/tiny';
import { objectiveOf } from '../../../bench/networks';

/** The issue asks for 10 % in the median and 25 % at worst; measured 0.1 % and 20 % (the small CNN, whose pooled convolutions take room of their own). */
const MEDIAN = 0.1;
const WORST = 0.25;

const CASES: [ModelName, side: number, channels: number, micro: number, OptimizerName][] = [
  ['small-cnn', 8, 1, 64, 'adam'],
  ['mlp', 8, 1, 256, 'sgd'],
  ['lenet', 28, 1, 100, 'momentum'],
  ['resnet-8', 32, 3, 24, 'adam'],
  ['mobilenet-v2', 64, 3, 6, 'sgd'],
  ['vit-tiny', 32, 3, 8, 'adamw'],
  ['u-net-light', 32, 3, 12, 'adam'],
];

describeTensorFlow('a forecast', (runtime) => {
  const objectiveFor = (model: ModelName) => objectiveOf(model as Parameters<typeof objectiveOf>[0]);

  it('is near what is measured, with every part of a mini-batch, and computes nothing', async () => {
    const errors: number[] = [];
    for (const [model, side, channels, micro, name] of CASES) {
      const network = CATALOGUE[model].build([side, side, channels], 10);
      const optimizer = createOptimizer(name);
      const objective = objectiveFor(model);
      const before = [memory().numTensors, runtime().meter.inUseBytes()];
      const [said] = forecast(runtime(), network, optimizer, [micro], objective)!;
      expect([memory().numTensors, runtime().meter.inUseBytes()]).toEqual(before);

      const bench = {
        meter: new BudgetMeter(runtime().meter),
        learner: createLearner(network, optimizer, initialWeights(network, 1)),
        programs: new Programs(runtime(), network, optimizer, objective),
      };
      try {
        const { peakBytes } = await trial(bench, micro, [micro], () => 0);
        errors.push(Math.abs(forecastPeak(said) / peakBytes - 1));
        expect(errors.at(-1), model).toBeLessThanOrEqual(WORST);
      } finally {
        disposeLearner(bench.learner);
        bench.programs.dispose();
      }
    }
    expect(errors.sort((a, b) => a - b)[errors.length >> 1]).toBeLessThanOrEqual(MEDIAN);
  });

  it('grows with the piece in a line, but for what does not depend on it', () => {
    const sizes = [8, 16, 24, 32];
    const said = forecast(runtime(), CATALOGUE['mobilenet-v2'].build([64, 64, 3], 10), createOptimizer('sgd'), sizes)!;
    const [first, ...steps] = said.slice(1).map(({ stepBytes }, i) => stepBytes - said[i].stepBytes);
    for (const step of steps) expect(Math.abs(step / first - 1)).toBeLessThan(0.1);
    expect(new Set(said.map(({ updateBytes }) => updateBytes)).size).toBe(1);
  });
});

it('is not there where nothing is captured', async () => {
  expect(forecast(await directRuntime(), tinyNetwork(), createOptimizer('sgd'), [4])).toBeUndefined();
});
