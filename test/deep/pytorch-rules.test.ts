// What acts once a mini-batch beside PyTorch's own: every schedule's rates, and mini-batches in micro-batches with settings of each optimizer,
// L2 penalty or weight decay, clipping, a schedule and averaged weights at once. bench/pytorch/rules.py is the other side.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluationWeights } from '#engine/ema';
import { createLearner, disposeLearner, snapshotLearner } from '#engine/learner';
import { trainMiniBatch, type Workbench } from '#engine/mbp';
import { BudgetMeter } from '#engine/meter';
import { createOptimizer, type OptimizerSettings } from '#engine/optimizers';
import { equalPieces } from '#engine/pieces';
import { Programs } from '#engine/programs';
import type { Runtime } from '#engine/runtime';
import { learningRates, type ScheduleSettings } from '#engine/schedules';
import { uploadSamples } from '#engine/training-data';
import { OPTIMIZER_NAMES, type OptimizerName } from '#shared/run-spec';
import { relativeL2 } from '#test/support/distance';
import { isAdaptive } from '#test/support/test-optimizer';
import { loadEngine } from '#trainer/backend';
import type { Task } from '../../bench/protocol';
import { networkOf, readSamples, splitWeights, writeTaskFiles } from '../../bench/task-files';
import { ensurePyTorch } from '../../bench/pytorch/environment.mjs';

const BATCH = 14;
const MICRO = 4;
const STEPS = 8;
const EPSILON = 1e-3;
/** Shorter than every mini-batch's gradient here. */
const CLIP = 0.5;
const EMA = 0.7;

type Rules = OptimizerSettings & ScheduleSettings;

const COMMON: Rules = { clipNorm: CLIP, ema: EMA, schedule: 'cosine', warmupEpochs: 2 };
const RULES: Record<OptimizerName, Rules> = {
  sgd: { ...COMMON, l2: 0.05 },
  momentum: { ...COMMON, l2: 0.05, momentum: 0.8 },
  nesterov: { ...COMMON, l2: 0.05, momentum: 0.8, schedule: 'one-cycle' },
  adam: { ...COMMON, l2: 0.05, beta1: 0.8, beta2: 0.95 },
  adamw: { ...COMMON, weightDecay: 0.3, beta1: 0.8, beta2: 0.95 },
  rmsprop: { ...COMMON, l2: 0.05, alpha: 0.9, schedule: 'step', stepEpochs: 2, stepFactor: 0.5 },
};
/** Relative L2 of what was learned. Measured: 1e-7 to 6e-7, averages up to 3e-6; without any one rule 1.4e-2 or more. */
const BOUND = 1e-5;
const MISSED = 1e-2;

let python: string;
let runtime: Runtime;
let folder: string;

beforeAll(async () => {
  python = await ensurePyTorch();
  runtime = await loadEngine('tensorflow-cpu');
  folder = await mkdtemp(join(tmpdir(), 'overbatch-rules-'));
}, 30 * 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

function ask(program: string, input: object): string {
  const { status, stdout, stderr } = spawnSync(python, [join('bench', 'pytorch', program)], {
    input: JSON.stringify(input),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

it('every schedule has PyTorch’s rates, to the last update', () => {
  const runs = [
    { schedule: 'constant', warmupEpochs: 1.5 },
    { schedule: 'step', stepEpochs: 1.5, stepFactor: 0.3 },
    { schedule: 'step', stepEpochs: 1, stepFactor: 0.3, warmupEpochs: 2 },
    { schedule: 'cosine' },
    { schedule: 'cosine', warmupEpochs: 0.5 },
    { schedule: 'one-cycle' },
    { schedule: 'one-cycle', warmupEpochs: 1 },
  ].flatMap((settings) => [
    { ...settings, rate: 0.3, stepsPerEpoch: 10, epochs: 5 },
    { ...settings, rate: 2, stepsPerEpoch: 4, epochs: 40 },
  ]);
  const theirs = JSON.parse(ask('rules.py', runs)) as number[][];
  for (const [i, run] of runs.entries()) {
    const rateOf = learningRates(run.rate, run as ScheduleSettings, run);
    const worst = Math.max(...theirs[i].map((rate, step) => Math.abs(rateOf(step + 1) - rate)));
    expect(worst, JSON.stringify(run)).toBeLessThanOrEqual(1e-12);
  }
});

describe('mini-batches in micro-batches', () => {
  let task: Task;
  let start: Float32Array[];
  beforeAll(async () => {
    task = await writeTaskFiles({ network: 'small-cnn', size: 8, channels: 1, classes: 10, batch: BATCH, micro: MICRO, rate: 0 }, folder);
    start = splitWeights(networkOf(task), await readFile(task.weightsFile));
  });

  async function theirs(optimizer: OptimizerName, rate: number): Promise<{ weights: Float32Array[]; averages: Float32Array[] }> {
    const out = await mkdtemp(join(folder, optimizer));
    const pieces = equalPieces(BATCH, MICRO);
    ask('reference.py', {
      task: { ...task, rate },
      optimizer,
      epsilon: EPSILON,
      pieces,
      steps: [STEPS],
      folder: out,
      divideByCount: false,
      rules: RULES[optimizer],
    });
    const read = async (name: string) => splitWeights(networkOf(task), await readFile(join(out, name)));
    return { weights: await read(`weights-${STEPS}`), averages: await read(`averages-${STEPS}`) };
  }

  async function ours(name: OptimizerName, rate: number, rules: Rules) {
    const network = networkOf(task);
    const optimizer = createOptimizer(name, { ...rules, ...(isAdaptive(name) ? { epsilon: EPSILON } : {}) });
    const bench: Workbench = {
      meter: new BudgetMeter(runtime.meter),
      learner: createLearner(network, optimizer, start),
      programs: new Programs(runtime, network, optimizer),
    };
    const samples = await readSamples(task);
    const rateOf = learningRates(rate, rules, { stepsPerEpoch: 1, epochs: STEPS });
    const norms: number[] = [];
    try {
      for (let step = 1; step <= STEPS; step++) {
        const done = await trainMiniBatch(bench, equalPieces(BATCH, MICRO), rateOf(step), (at, size) =>
          uploadSamples(samples(at, size), network.inputShape),
        );
        norms.push(done.gradientNorm ?? 0);
      }
      const snapshot = await snapshotLearner(bench.learner);
      return { norms, weights: snapshot.weights, averages: evaluationWeights(optimizer, snapshot) };
    } finally {
      disposeLearner(bench.learner);
      bench.programs.dispose();
    }
  }

  /** Of what was learned: the weights themselves would hide it. */
  const apart = (a: Float32Array[], b: Float32Array[]): number => {
    const learned = (weights: Float32Array[]) => weights.map((w, i) => w.map((v, k) => v - start[i][k]));
    return relativeL2(learned(a), learned(b));
  };

  it.each(OPTIMIZER_NAMES)('%s: weights and averages are PyTorch’s, and each rule is needed for it', async (name) => {
    const rate = isAdaptive(name) ? 1e-2 : 0.1;
    const [a, b] = [await ours(name, rate, RULES[name]), await theirs(name, rate)];
    expect(a.norms.some((norm) => norm > CLIP)).toBe(true);
    expect(apart(a.weights, b.weights), 'weights').toBeLessThanOrEqual(BOUND);
    expect(apart(a.averages, b.averages), 'averages').toBeLessThanOrEqual(BOUND);
    expect(apart(a.weights, b.averages), 'control: averages are not the weights').toBeGreaterThan(MISSED);
    for (const left of ['l2', 'weightDecay', 'clipNorm', 'schedule', 'momentum', 'beta1', 'beta2', 'alpha'] as const) {
      if (RULES[name][left] === undefined) continue;
      const without = { ...RULES[name] };
      delete without[left];
      const off = apart((await ours(name, rate, without)).weights, b.weights);
      expect(off, `control: without ${left}`).toBeGreaterThan(MISSED);
    }
  });
});
