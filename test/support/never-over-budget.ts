// Whatever the model, the batch and the budget: what a run has in use never passes the budget, or it is refused before it does anything. The
// real planner and a short real training, with the short last mini-batch and a validation; looked at from outside the meter that keeps it.
import fc from 'fast-check';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { forecast, forecastPeak } from '#engine/forecast';
import { initialWeights } from '#engine/initialize';
import { createLearner, disposeLearner, snapshotLearner } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import { BudgetMeter } from '#engine/meter';
import { CATALOGUE } from '#engine/models/catalogue';
import type { Network } from '#engine/network';
import type { Objective } from '#engine/objectives/objective';
import type { OutOfMemory } from '#engine/out-of-memory';
import { createOptimizer } from '#engine/optimizers';
import { makePlan } from '#engine/planner';
import { Programs } from '#engine/programs';
import type { Meter, Runtime } from '#engine/runtime';
import { train } from '#engine/train';
import { blankSamples, type TrainingData } from '#engine/training-data';
import type { Failure, FailureError } from '#shared/failure';
import { OPTIMIZER_NAMES, type OptimizerName } from '#shared/run-spec';
import { objectiveFor } from '../../bench/forecast-cases';
import { smallNetwork } from './small-networks';

const SEED = 8;

/** Pictures, masks and rows; convolutions of every kind, attention, BatchNorm in either way of running it. */
const MODELS = {
  'small-cnn': () => smallNetwork('small-cnn', 10),
  mlp: () => smallNetwork('mlp', 10),
  rows: () => CATALOGUE.mlp.build([12], 3),
  lenet: () => smallNetwork('lenet', 10),
  'resnet-8': () => smallNetwork('resnet-8', 10),
  'resnet-8, exact': () => ({ ...smallNetwork('resnet-8', 10), batchNorm: 'exact' as const }),
  'mobilenet-v2': () => smallNetwork('mobilenet-v2', 10),
  'vit-tiny': () => smallNetwork('vit-tiny', 10),
  'u-net-light': () => smallNetwork('u-net-light', 3),
} satisfies Record<string, () => Network>;

interface Triple {
  model: keyof typeof MODELS;
  batch: number;
  /** The budget, as a share of what the whole batch needs. */
  share: number;
  optimizer: OptimizerName;
}

const triple: fc.Arbitrary<Triple> = fc.record({
  model: fc.constantFrom(...(Object.keys(MODELS) as (keyof typeof MODELS)[])),
  batch: fc.integer({ min: 1, max: 96 }),
  share: fc.double({ min: Math.log(0.03), max: Math.log(1.2), noNaN: true }).map(Math.exp),
  optimizer: fc.constantFrom(...OPTIMIZER_NAMES),
});

/** Not even one sample fits. */
const TOO_SMALL: Triple = { model: 'lenet', batch: 40, share: 0.01, optimizer: 'adam' };

/** Black pictures: two mini-batches and a short third, and samples to validate with. */
function data(network: Network, objective: Objective, batch: number): TrainingData {
  const [full, short, held] = [2 * batch, Math.ceil(batch / 3), Math.ceil(batch / 2) + 1];
  const { inputShape, classes } = network;
  const targets = objective.loss.targets(network.outputShape);
  return {
    inputShape,
    classes,
    train: Int32Array.from({ length: full + short }, (_, i) => i),
    validation: Int32Array.from({ length: held }, (_, i) => full + short + i),
    read: (_list, _start, size) => blankSamples(size, inputShape, targets),
  };
}

/** The same meter, with someone behind it who remembers the most there ever was. */
function watched(meter: Meter): Meter & { most(): number; forget(): void } {
  let most = 0;
  const look = (): number => (most = Math.max(most, meter.peakBytes(), meter.inUseBytes()));
  return {
    ...meter,
    inUseBytes: () => meter.inUseBytes(),
    peakBytes: () => meter.peakBytes(),
    resetPeak: () => (look(), meter.resetPeak()),
    most: look,
    forget: () => (meter.resetPeak(), (most = 0)),
  };
}

type Outcome = { refused: true } | { refused: false; mostBytes: number; recovered: number; pieces: number };

interface Way {
  /** How the planner and the run read the meter. */
  reading?: (meter: Meter) => Meter;
}

/** Not even one sample, or BatchNorm would have a single one to look at. */
function expectRefusal(failure: Failure, budgetBytes: number): void {
  if (failure.kind === 'bad-setting') return expect(failure.problem).toMatch(/batch normalization/i);
  expect(failure).toMatchObject({ kind: 'out-of-memory', micro: 1, availableBytes: budgetBytes });
  expect((failure as OutOfMemory).neededBytes).toBeGreaterThan(budgetBytes);
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function run(
  runtime: Runtime,
  network: Network,
  { batch, optimizer: name }: Triple,
  budgetBytes: number,
  way: Way,
): Promise<Outcome> {
  const objective = objectiveFor(network);
  const samples = data(network, objective, batch);
  runtime.meter.resetPeak();
  const meter = watched(runtime.meter);
  const baseline = meter.inUseBytes();
  const optimizer = createOptimizer(name);
  const bench: Workbench = {
    meter: new BudgetMeter(way.reading?.(meter) ?? meter),
    learner: createLearner(network, optimizer, initialWeights(network, 1)),
    programs: new Programs(runtime, network, optimizer, objective),
  };
  try {
    const begun = await snapshotLearner(bench.learner);
    const sizes = { train: samples.train.length, validation: samples.validation.length };
    const request = { batch, micro: 'auto' as const, budgetBytes, ...sizes, pause: turn, now: () => performance.now() };
    let plan;
    try {
      plan = await makePlan(bench, request);
    } catch (error) {
      expectRefusal((error as FailureError).failure, budgetBytes);
      expect(await snapshotLearner(bench.learner)).toEqual(begun);
      return { refused: true };
    }
    bench.meter.limitBytes = budgetBytes;
    bench.meter.resetPeak();
    // A plan may try what turns out too large; a run may not.
    meter.forget();
    let recovered = 0;
    const clock = { now: () => performance.now(), pause: turn, stopping: () => false };
    const memoryOf = () => ({ inUseBytes: bench.meter.inUseBytes, peakBytes: bench.meter.peakBytes, rssBytes: 0 });
    const course = { data: samples, batch, micro: plan.micro, epochs: 1, learningRate: 1e-3, seed: 1 };
    for await (const event of train(bench, { ...course, ...clock, memory: memoryOf })) if (event.kind === 'recovered') recovered++;
    expect(bench.learner.step).toBe(3);
    return { refused: false, mostBytes: Math.max(meter.most() - baseline, bench.meter.peakBytes), recovered, pieces: plan.pieces.length };
  } finally {
    disposeLearner(bench.learner);
    bench.programs.dispose();
  }
}

export function neverOverBudget(load: () => Promise<Runtime>, runs: number): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  }, 60_000);

  /** What came of each triple. */
  const outcomes = async (way: Way = {}): Promise<(Outcome & { budgetBytes: number })[]> => {
    const found: (Outcome & { budgetBytes: number })[] = [];
    for (const asked of [TOO_SMALL, ...fc.sample(triple, { seed: SEED, numRuns: runs - 1 })]) {
      const network = MODELS[asked.model]();
      const [whole] = forecast(runtime, network, createOptimizer(asked.optimizer), [asked.batch], objectiveFor(network))!;
      const budgetBytes = Math.round(asked.share * forecastPeak(whole));
      const tensors = memory().numTensors;
      found.push({ ...(await run(runtime, network, asked, budgetBytes, way)), budgetBytes });
      expect(memory().numTensors).toBe(tensors);
    }
    return found;
  };

  it(`${runs} random models, batches and budgets: never above the budget, or refused before anything was trained`, async () => {
    const found = await outcomes();
    const over = found.filter((outcome) => !outcome.refused && outcome.mostBytes > outcome.budgetBytes);
    expect(over).toEqual([]);
    const trained = found.flatMap((outcome) => (outcome.refused ? [] : [outcome]));
    // All three ends are among them, and no plan had to be mended on the way.
    expect(trained.length).toBeGreaterThan(0);
    expect(trained.length).toBeLessThan(found.length);
    expect(trained.some(({ pieces }) => pieces > 1)).toBe(true);
    expect(trained.map(({ recovered }) => recovered)).toEqual(trained.map(() => 0));
  });

  it('control: a meter that reads a fifth too low is caught', async () => {
    const low = (meter: Meter): Meter => {
      const baseline = meter.inUseBytes();
      const less = (bytes: number): number => baseline + 0.8 * (bytes - baseline);
      return {
        ...meter,
        inUseBytes: () => less(meter.inUseBytes()),
        peakBytes: () => less(meter.peakBytes()),
        resetPeak: () => meter.resetPeak(),
      };
    };
    const found = await outcomes({ reading: low });
    expect(found.some((outcome) => !outcome.refused && outcome.mostBytes > outcome.budgetBytes)).toBe(true);
  });
}
