// Disturbs a run at a chosen place: a call, a kernel, a reading, a read of samples; and what such a run must end with.
import { engine, memory } from '@tensorflow/tfjs-core';
import { exactBatchNorm } from '#engine/exact-batch-norm/exact';
import { snapshotLearner, type Snapshot } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import type { Network } from '#engine/network';
import { createOptimizer, type Optimizer } from '#engine/optimizers';
import type { Recovery } from '#engine/recover';
import type { CompiledFunction, Meter, Runtime } from '#engine/runtime';
import { train, type TrainEvent } from '#engine/train';
import type { TrainingData } from '#engine/training-data';
import { FailureError } from '#shared/failure';
import { tinyData, tinyNetwork, withBench } from './tiny';

/** What is learnt, by which rule and in which pieces. */
export interface Scene {
  network: Network;
  optimizer(): Optimizer;
  /** N_B, N_μ, and what N_μ is after one recovery. */
  batch: number;
  micro: number;
  halved: number;
  /** To learn from; absent: three mini-batches. */
  samples?: number;
  /** Stage by stage. */
  isExact?: true;
}

/** N_B and N_μ: pieces of 5, 4 and 4, after a recovery six of 2 and one of 1. */
export const BATCH = 13;
export const MICRO = 5;
export const HALVED = 2;
export const SAMPLES = 3 * BATCH;
/** Steps after the one that failed: what a wrong state would grow in. */
export const AFTER = 3;
export const FAILING_STEPS = [1, 50];

/** Lets calls, kernels and readings be disturbed. */
export interface Saboteur {
  beforeCall?(name: string): void;
  beforeKernel?(): void;
  peakBytes?(real: number): number;
  onRecovery?(bench: Workbench, recovery: Recovery): void;
  /** Wraps what is learnt from. */
  data?(real: TrainingData): TrainingData;
}

/** The same engine under a saboteur's eyes. */
export function watched(runtime: Runtime, saboteur: Saboteur): Runtime {
  const meter: Meter = {
    ...runtime.meter,
    inUseBytes: () => runtime.meter.inUseBytes(),
    resetPeak: () => runtime.meter.resetPeak(),
    peakBytes: () => saboteur.peakBytes?.(runtime.meter.peakBytes()) ?? runtime.meter.peakBytes(),
  };
  return {
    ...runtime,
    meter,
    compile(name, fn, specs, precision): CompiledFunction {
      const compiled = runtime.compile(name, fn, specs, precision);
      return {
        name,
        dispose: () => compiled.dispose(),
        call(inputs) {
          saboteur.beforeCall?.(name);
          return withKernels(saboteur, () => compiled.call(inputs));
        },
      };
    },
  };
}

function withKernels<T>({ beforeKernel }: Saboteur, work: () => T): T {
  if (!beforeKernel) return work();
  const target = engine();
  const { runKernel } = target;
  target.runKernel = function (this: typeof target, ...args) {
    beforeKernel();
    return runKernel.apply(this, args) as never;
  } as typeof runKernel;
  try {
    return work();
  } finally {
    target.runKernel = runKernel;
  }
}

export const clock = { now: () => 0, pause: () => Promise.resolve(), stopping: () => false };
export const nothing = () => ({ inUseBytes: 0, peakBytes: 0, rssBytes: 0 });

export async function steps(
  bench: Workbench,
  data: TrainingData,
  micro: number,
  until: number,
  onEvent: (event: TrainEvent) => void = () => {},
  batch = BATCH,
) {
  const epochs = 1000;
  const options = { ...clock, data, batch, micro, epochs, learningRate: 0.01, seed: 3, memory: nothing };
  for await (const event of train(bench, options)) {
    onEvent(event);
    if (bench.learner.step >= until && event.kind !== 'progress') break;
  }
}

export const network = tinyNetwork({ batchNorm: true });
export const adam = () => createOptimizer('adam');

/** One convolution, BatchNorm by itself and two dense layers, with Adam. */
export const TINY: Scene = { network, optimizer: adam, batch: BATCH, micro: MICRO, halved: HALVED };

const dataOf = ({ batch, samples = 3 * batch }: Scene) => tinyData(samples);

/** A workbench for a scene; everything is gone afterwards. */
export const withScene = <T>(runtime: Runtime, { network, optimizer, isExact }: Scene, use: (bench: Workbench) => Promise<T>): Promise<T> =>
  withBench(runtime, network, optimizer(), (bench) => {
    if (isExact) bench.exact = exactBatchNorm(network);
    return use(bench);
  });

/** `failing` steps of N_μ `micro`, the last of them and AFTER more with the size it was halved to. */
export function undisturbed(runtime: Runtime, failing: number, scene = TINY): Promise<Snapshot> {
  return withScene(runtime, scene, async (bench) => {
    const data = dataOf(scene);
    const go = (micro: number, until: number) => steps(bench, data, micro, until, () => {}, scene.batch);
    if (failing > 1) await go(scene.micro, failing - 1);
    await go(scene.halved, failing + AFTER);
    return snapshotLearner(bench.learner);
  });
}

export interface Outcome {
  state: Snapshot;
  recoveries: (Recovery & { step: number })[];
  /** Tensors more than before. */
  left: number;
}

export async function disturbed(
  runtime: Runtime,
  failing: number,
  make: (bench: () => Workbench) => Saboteur,
  scene = TINY,
): Promise<Outcome> {
  const before = memory().numTensors;
  let current: Workbench | undefined;
  const saboteur = make(() => current!);
  const recoveries: Outcome['recoveries'] = [];
  const state = await withScene(watched(runtime, saboteur), scene, async (bench) => {
    current = bench;
    const data = saboteur.data?.(dataOf(scene)) ?? dataOf(scene);
    const onEvent = (event: TrainEvent): void => {
      if (event.kind !== 'recovered') return;
      recoveries.push(event);
      saboteur.onRecovery?.(bench, event);
    };
    await steps(bench, data, scene.micro, failing + AFTER, onEvent, scene.batch);
    return snapshotLearner(bench.learner);
  });
  return { state, recoveries, left: memory().numTensors - before };
}

export const exhausted = (): FailureError =>
  new FailureError({ kind: 'out-of-memory', neededBytes: 2e6, availableBytes: 1e6, micro: MICRO });
