// Disturbs a run at a chosen place: a call, a kernel, a reading, a read of samples; and what such a run must end with.
import { engine, memory } from '@tensorflow/tfjs-core';
import { snapshotLearner, type Snapshot } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import { createOptimizer } from '#engine/optimizers';
import type { Recovery } from '#engine/recover';
import type { CompiledFunction, Meter, Runtime } from '#engine/runtime';
import { train, type TrainEvent } from '#engine/train';
import type { TrainingData } from '#engine/training-data';
import { FailureError } from '#shared/failure';
import { tinyData, tinyNetwork, withBench } from './tiny';

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
) {
  const epochs = 1000;
  const options = { ...clock, data, batch: BATCH, micro, epochs, learningRate: 0.01, seed: 3, memory: nothing };
  for await (const event of train(bench, options)) {
    onEvent(event);
    if (bench.learner.step >= until && event.kind !== 'progress') break;
  }
}

export const network = tinyNetwork({ batchNorm: true });
export const adam = () => createOptimizer('adam');

/** `failing` steps of N_μ `micro`, the last of them and AFTER more with the size it was halved to. */
export function undisturbed(runtime: Runtime, failing: number): Promise<Snapshot> {
  return withBench(runtime, network, adam(), async (bench) => {
    const data = tinyData(SAMPLES);
    if (failing > 1) await steps(bench, data, MICRO, failing - 1);
    await steps(bench, data, HALVED, failing + AFTER);
    return snapshotLearner(bench.learner);
  });
}

export interface Outcome {
  state: Snapshot;
  recoveries: (Recovery & { step: number })[];
  /** Tensors more than before. */
  left: number;
}

export async function disturbed(runtime: Runtime, failing: number, make: (bench: () => Workbench) => Saboteur): Promise<Outcome> {
  const before = memory().numTensors;
  let current: Workbench | undefined;
  const saboteur = make(() => current!);
  const recoveries: Outcome['recoveries'] = [];
  const state = await withBench(watched(runtime, saboteur), network, adam(), async (bench) => {
    current = bench;
    const data = saboteur.data?.(tinyData(SAMPLES)) ?? tinyData(SAMPLES);
    await steps(bench, data, MICRO, failing + AFTER, (event) => {
      if (event.kind !== 'recovered') return;
      recoveries.push(event);
      saboteur.onRecovery?.(bench, event);
    });
    return snapshotLearner(bench.learner);
  });
  return { state, recoveries, left: memory().numTensors - before };
}

export const exhausted = (): FailureError =>
  new FailureError({ kind: 'out-of-memory', neededBytes: 2e6, availableBytes: 1e6, micro: MICRO });
