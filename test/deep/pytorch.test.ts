// Our numbers beside PyTorch's, an implementation nobody here wrote: gradient, weights and running statistics of mini-batches in
// micro-batches, with each optimizer's own rule there. bench/pytorch/reference.py computes the other side.
import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exactBatchNorm } from '#engine/exact-batch-norm/exact';
import { createLearner, disposeLearner, snapshotLearner } from '#engine/learner';
import { accumulate, trainMiniBatch, type PieceReader, type Workbench } from '#engine/mbp';
import { BudgetMeter } from '#engine/meter';
import type { Network } from '#engine/network';
import { createOptimizer } from '#engine/optimizers';
import { equalPieces } from '#engine/pieces';
import { Programs } from '#engine/programs';
import { randomStream } from '#engine/random';
import type { Runtime } from '#engine/runtime';
import { normalizations } from '#engine/statistics';
import { uploadSamples } from '#engine/training-data';
import { OPTIMIZER_NAMES, type OptimizerName } from '#shared/run-spec';
import { relativeL2 } from '#test/support/distance';
import { loadEngine } from '#trainer/backend';
import type { Task } from '../../bench/protocol';
import { objectiveOf } from '../../bench/networks';
import { joinWeights, networkOf, readSamples, splitDoubles, splitWeights, writeTaskFiles } from '../../bench/task-files';
import { ensurePyTorch } from '../../bench/pytorch/environment.mjs';

/** N_B, which the micro-batches do not divide into pieces of one size. */
const BATCH = 14;
const MICRO = 4;
const STEPS = [1, 3];
const ADAPTIVE: readonly OptimizerName[] = ['adam', 'adamw', 'rmsprop'];
const EPSILON = 1e-3;

/**
 * Relative L2 of the gradient, and of what was learned after each of STEPS. Measured on an AVX-512 processor: gradient 2e-7 (small CNN) and
 * 9e-7 (ResNet-18); SGD family 1e-6, after three steps up to 1.4e-5; adaptive rules 4e-5 and 4e-4, because g ÷ (√g² + ε) makes much of
 * the rounding of gradients far below ε; statistics 2e-7 and 3e-5.
 */
const BOUNDS = { gradient: 5e-6, sgd: [5e-6, 5e-5], adaptive: [1e-4, 1e-3], statistics: [1e-6, 1e-4] };
/**
 * Nets whose adaptive rules miss those bounds because PyTorch's own rounding does: in MobileNetV2 the gradients of the last stages lie far
 * below ε, and what was learned after one step with Adam is 1.65e-4 from PyTorch's in 32 bits, but 1.50e-4 from PyTorch's in 64 bits, which
 * PyTorch's own 32 are 1.21e-4 away from (AdamW 1.51e-4 and 1.23e-4; after three steps 2.96e-4 and 3.79e-4). There 64 bits are the judge:
 * two roundings of one sum scatter alike, so ours may be off twice as far as PyTorch's, and no further.
 */
const JUDGED_IN_64_BITS: readonly string[] = ['mobilenet-v2'];
const AS_FAR = 2;
/**
 * Nets of which three plain steps say more about rounding than about rules: MobileNetV2's first weights lie at a bend of ReLU6. Moved by at
 * most 1e-7 of themselves (six seeds), PyTorch's own answer moves by 7.6e-5 to 9.2e-5; ours is 1.1e-4 from it, and 8e-6 to 1e-4 where both
 * begin at the moved ones. There that movement is the judge, where it is larger than the bound; with momentum both are 1e-5 apart.
 */
const AT_A_BEND: readonly string[] = ['mobilenet-v2'];
const MOVED_BY = 1e-7;
const MOVES = 2;
/** 50 pixels: padding is lopsided in some layers and not in others. */
const SETTINGS = {
  'small-cnn': { size: 8, channels: 1 },
  mlp: { size: 7, channels: 3 },
  lenet: { size: 28, channels: 1 },
  'resnet-8': { size: 19, channels: 3 },
  'mobilenet-v2': { size: 50, channels: 3 },
  'u-net': { size: 32, channels: 3 },
  'resnet-18': { size: 50, channels: 3 },
  'vit-tiny': { size: 32, channels: 3 },
} as const;
const NETWORKS = Object.keys(SETTINGS) as (keyof typeof SETTINGS)[];

type Values = Float32Array | Float64Array;

interface Outcome {
  gradient: Values[];
  /** After each of STEPS. */
  weights: Values[][];
}

let python: string;
let runtime: Runtime;
let folder: string;

beforeAll(async () => {
  python = await ensurePyTorch();
  runtime = await loadEngine('tensorflow-cpu');
  folder = await mkdtemp(join(tmpdir(), 'overbatch-pytorch-'));
}, 30 * 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function theirs(
  task: Task,
  optimizer: OptimizerName,
  { divideByCount = false, pieces = equalPieces(BATCH, MICRO), bits = 32 } = {},
): Promise<Outcome> {
  const out = await mkdtemp(join(folder, optimizer));
  const job = { task, optimizer, epsilon: EPSILON, pieces, steps: STEPS, folder: out, divideByCount, bits };
  const { status, stderr } = spawnSync(python, ['bench/pytorch/reference.py'], {
    input: JSON.stringify(job),
    encoding: 'utf8',
    // Its threads would wait for each other spinning, which beside other work takes minutes.
    env: { ...process.env, OMP_WAIT_POLICY: 'PASSIVE' },
  });
  if (status !== 0) throw new Error(stderr);
  const split: (network: Network, bytes: Buffer) => Values[] = bits === 64 ? splitDoubles : splitWeights;
  const read = async (name: string) => split(networkOf(task), await readFile(join(out, name)));
  return { gradient: await read('gradient-1'), weights: await Promise.all(STEPS.map((step) => read(`weights-${step}`))) };
}

async function ours(task: Task, name: OptimizerName, { isExact = false, epsilon = EPSILON } = {}): Promise<Outcome> {
  const network = networkOf(task);
  const optimizer = createOptimizer(name, { epsilon });
  const objective = objectiveOf(task.network);
  const bench: Workbench = {
    meter: new BudgetMeter(runtime.meter),
    learner: createLearner(network, optimizer, splitWeights(network, await readFile(task.weightsFile))),
    programs: new Programs(runtime, network, optimizer, objective),
  };
  if (isExact) bench.exact = exactBatchNorm(network, undefined, bench.programs.objective);
  const samples = await readSamples(task);
  const readPiece: PieceReader = (start, size) =>
    uploadSamples(samples(start, size), network.inputShape, objective.loss.targets(network.outputShape));
  const pieces = equalPieces(BATCH, MICRO);
  try {
    const carry = accumulate(bench, pieces, readPiece);
    const [totals, ...sums] = await Promise.all(carry.map(async (t: Tensor) => (await t.data()) as Float32Array));
    dispose(carry);
    // As PyTorch's file has it: nothing where a weight is not trained.
    const gradient = network.weights.map(({ trainable, shape }) =>
      trainable ? sums.shift()!.map((v) => v / totals[1]) : new Float32Array(shape.reduce((a, b) => a * b, 1)),
    );
    const weights: Float32Array[][] = [];
    for (let step = 1; step <= Math.max(...STEPS); step++) {
      await trainMiniBatch(bench, pieces, task.rate, readPiece);
      if (STEPS.includes(step)) weights.push((await snapshotLearner(bench.learner)).weights);
    }
    return { gradient, weights };
  } finally {
    disposeLearner(bench.learner);
    bench.programs.dispose();
  }
}

describe.each(NETWORKS)('%s', (network) => {
  let start: Float32Array[];

  const makeTask = async (rate: number): Promise<Task> => {
    const task = await writeTaskFiles({ network, ...SETTINGS[network], classes: 10, batch: BATCH, micro: MICRO, rate }, folder);
    start = splitWeights(networkOf(task), await readFile(task.weightsFile));
    return task;
  };

  /** What was learned since the start: the weights themselves would hide it behind what never moved. */
  const learned = (task: Task, weights: Values[], isTrainable: boolean): Values[] =>
    networkOf(task).weights.flatMap(({ trainable }, i) => {
      const since = (): Values => Float64Array.from(weights[i], (x, k) => x - start[i][k]);
      return trainable === isTrainable ? [since()] : [];
    });

  /** How far PyTorch's own answer moves, after the last of STEPS, when the first weights are moved by less than they are rounded. */
  const movement = async (task: Task, optimizer: OptimizerName, { weights }: Outcome): Promise<number> => {
    const last = STEPS.length - 1;
    let furthest = 0;
    for (let seed = 1; seed <= MOVES; seed++) {
      const random = randomStream(seed);
      const moved = start.map((values) => values.map((value) => value * (1 + MOVED_BY * (2 * random() - 1))));
      const weightsFile = join(folder, `moved-${seed}`);
      await writeFile(weightsFile, joinWeights(moved));
      const other = await theirs({ ...task, weightsFile }, optimizer);
      furthest = Math.max(furthest, relativeL2(learned(task, other.weights[last], true), learned(task, weights[last], true)));
    }
    return furthest;
  };

  const in64Bits = (optimizer: OptimizerName): boolean => JUDGED_IN_64_BITS.includes(network) && ADAPTIVE.includes(optimizer);

  it.each(OPTIMIZER_NAMES.filter(in64Bits))(
    '%s: gradient and weights are as near to PyTorch’s in 64 bits as its own in 32',
    async (optimizer) => {
      const task = await makeTask(1e-3);
      const [a, b, judge] = [await ours(task, optimizer), await theirs(task, optimizer), await theirs(task, optimizer, { bits: 64 })];
      const offs = (of: (outcome: Outcome) => Values[]) => [a, b].map((outcome) => relativeL2(of(outcome), of(judge)));
      const control = await ours(task, optimizer, { epsilon: 1.001 * EPSILON });
      for (const [i, step] of STEPS.entries()) {
        const since = ({ weights }: Outcome) => learned(task, weights[i], true);
        const [our, their] = offs(since);
        expect(our, `learned after step ${step}`).toBeLessThanOrEqual(AS_FAR * their);
        expect(relativeL2(since(control), since(judge)), 'control: ε a thousandth larger').toBeGreaterThan(AS_FAR * their);
        expect(relativeL2(learned(task, a.weights[i], false), learned(task, judge.weights[i], false))).toBeLessThanOrEqual(
          BOUNDS.statistics[i],
        );
      }
      const [our, their] = offs(({ gradient }) => gradient);
      expect(our, 'gradient').toBeLessThanOrEqual(Math.min(BOUNDS.gradient, AS_FAR * their));
    },
  );

  it.each(OPTIMIZER_NAMES.filter((name) => !in64Bits(name)))(
    '%s: gradient, weights and running statistics are PyTorch’s',
    async (optimizer) => {
      const isAdaptive = ADAPTIVE.includes(optimizer);
      const task = await makeTask(isAdaptive ? 1e-3 : 0.01);
      const [a, b] = [await ours(task, optimizer), await theirs(task, optimizer)];
      expect(relativeL2(a.gradient, b.gradient)).toBeLessThanOrEqual(BOUNDS.gradient);
      const bounds = [...BOUNDS[isAdaptive ? 'adaptive' : 'sgd']];
      if (AT_A_BEND.includes(network)) {
        const last = bounds.length - 1;
        bounds[last] = Math.max(bounds[last], AS_FAR * (await movement(task, optimizer, b)));
        const control = await ours({ ...task, rate: 1.001 * task.rate }, optimizer);
        const since = ({ weights }: Outcome) => learned(task, weights[last], true);
        expect(relativeL2(since(control), since(b)), 'control: a rate a thousandth higher').toBeGreaterThan(bounds[last]);
      }
      for (const [i, step] of STEPS.entries()) {
        const off = (isTrainable: boolean) =>
          relativeL2(learned(task, a.weights[i], isTrainable), learned(task, b.weights[i], isTrainable));
        expect(off(true), `learned after step ${step}`).toBeLessThanOrEqual(bounds[i]);
        if (networkOf(task).weights.some((w) => !w.trainable))
          expect(off(false), `statistics after step ${step}`).toBeLessThanOrEqual(BOUNDS.statistics[i]);
      }
    },
  );

  it('exact BatchNorm: pieces learn what PyTorch’s whole batch does; normalized by themselves they do not', async () => {
    const task = await makeTask(0.01);
    const [a, b] = [await ours(task, 'momentum', { isExact: true }), await theirs(task, 'momentum', { pieces: [BATCH] })];
    expect(relativeL2(a.gradient, b.gradient)).toBeLessThanOrEqual(BOUNDS.gradient);
    // After one step, what was learned is the gradient again, rounded to offsets of 6, which U-Net's small gradients hardly move.
    const last = STEPS.length - 1;
    for (const isTrainable of [true, false]) {
      const [found, expected] = [a, b].map(({ weights }) => learned(task, weights[last], isTrainable));
      if (expected.length > 0) expect(relativeL2(found, expected)).toBeLessThanOrEqual(BOUNDS[isTrainable ? 'sgd' : 'statistics'][last]);
    }
    if (normalizations(networkOf(task)).length === 0) return;
    // 0.4 %: the offsets that keep ReLUs from turning make most of each activation.
    expect(relativeL2((await ours(task, 'momentum')).gradient, b.gradient)).toBeGreaterThan(100 * BOUNDS.gradient);
  });

  it('control: dividing by the number of pieces is not what we do', async () => {
    const task = await makeTask(0.01);
    const [a, b] = [await ours(task, 'sgd'), await theirs(task, 'sgd', { divideByCount: true })];
    expect(relativeL2(a.gradient, b.gradient)).toBeGreaterThan(1e-2);
  });
});
