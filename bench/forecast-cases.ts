// Combinations of model and size at which forecasts are held against what is counted: from shapes alone, and by the planner's line, each at a
// size of piece that the planner did not try.
import { forecast, forecastPeak } from '#engine/forecast';
import { initialWeights } from '#engine/initialize';
import { createLearner, disposeLearner } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import { BudgetMeter } from '#engine/meter';
import { CATALOGUE } from '#engine/models/catalogue';
import type { Network } from '#engine/network';
import { CLASSES } from '#engine/objectives/classes';
import type { Objective } from '#engine/objectives/objective';
import { segmentationObjective } from '#engine/objectives/segmentation';
import { createOptimizer } from '#engine/optimizers';
import { makePlan } from '#engine/planner';
import { Programs } from '#engine/programs';
import type { Runtime } from '#engine/runtime';
import { trial } from '#engine/trial';
import type { CatalogueName, OptimizerName } from '#shared/run-spec';

export interface Case {
  model: CatalogueName;
  shape: number[];
  classes: number;
  /** N_μ, about. */
  micro: number;
  optimizer: OptimizerName;
}

/** The first five are asserted with the unit tests; all ten are in bench/NOTES.md. */
export const CASES: Case[] = [
  { model: 'small-cnn', shape: [8, 8, 1], classes: 10, micro: 100, optimizer: 'adam' },
  { model: 'mlp', shape: [12], classes: 3, micro: 200, optimizer: 'adam' },
  { model: 'resnet-8', shape: [32, 32, 3], classes: 10, micro: 24, optimizer: 'adam' },
  { model: 'mobilenet-v2', shape: [64, 64, 3], classes: 10, micro: 6, optimizer: 'sgd' },
  { model: 'u-net-light', shape: [32, 32, 3], classes: 3, micro: 13, optimizer: 'adamw' },
  { model: 'lenet', shape: [28, 28, 1], classes: 10, micro: 150, optimizer: 'momentum' },
  { model: 'resnet-18', shape: [96, 96, 3], classes: 10, micro: 13, optimizer: 'momentum' },
  { model: 'efficientnet-lite0', shape: [96, 96, 3], classes: 10, micro: 13, optimizer: 'adam' },
  { model: 'vit-tiny', shape: [64, 64, 3], classes: 10, micro: 13, optimizer: 'adamw' },
  { model: 'u-net', shape: [64, 64, 3], classes: 2, micro: 7, optimizer: 'adam' },
];

export const caseName = ({ model, shape }: Case, micro: number): string => `${model} ${shape.join(' × ')}, N_μ ${micro}`;

export const objectiveFor = (network: Network): Objective =>
  network.outputShape.length > 1 ? segmentationObjective({}, new Array<number>(network.classes).fill(1)) : CLASSES;

export interface Reading {
  /** The case's, or the next larger that the planner did not try. */
  micro: number;
  forecastBytes: number;
  forecastMilliseconds: number;
  countedBytes: number;
  /** By the planner's line, but no less than a smaller size took: below the line the peak lies elsewhere, in the update. */
  fittedBytes: number;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export async function readCase(runtime: Runtime, { model, shape, classes, micro, optimizer: name }: Case): Promise<Reading> {
  const network = CATALOGUE[model].build(shape, classes);
  const objective = objectiveFor(network);
  const optimizer = createOptimizer(name);
  const room = forecastPeak(forecast(runtime, network, optimizer, [Math.ceil(1.1 * micro)], objective)![0]);
  const bench: Workbench = {
    meter: new BudgetMeter(runtime.meter),
    learner: createLearner(network, optimizer, initialWeights(network, 1)),
    programs: new Programs(runtime, network, optimizer, objective),
  };
  try {
    const batch = 8 * micro + 5;
    const sizes = { batch, train: batch, validation: micro };
    const search = { ...sizes, micro: 'auto' as const, budgetBytes: 1.02 * room, pause: turn, now: () => performance.now() };
    const { fit, measured } = await makePlan(bench, search);
    let untried = micro;
    while (measured.some((point) => point.micro === untried)) untried++;
    bench.programs.dispose();
    const { peakBytes } = await trial(bench, untried, [untried], () => 0);
    const begin = performance.now();
    const [said] = forecast(runtime, network, optimizer, [untried], objective)!;
    const forecastMilliseconds = performance.now() - begin;
    return {
      micro: untried,
      forecastBytes: forecastPeak(said),
      forecastMilliseconds,
      countedBytes: peakBytes,
      fittedBytes: Math.max(
        fit.fixedBytes + untried * fit.bytesPerSample,
        ...measured.filter((point) => point.micro < untried).map((point) => point.peakBytes),
      ),
    };
  } finally {
    disposeLearner(bench.learner);
    bench.programs.dispose();
  }
}
