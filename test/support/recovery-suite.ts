// METHOD.md's row 8 with its controls: memory that runs out at a chosen place of a chosen step, on every engine by the tests beside it.
import { dispose, engine, memory, mul, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { snapshotLearner, type Snapshot } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import { createOptimizer } from '#engine/optimizers';
import { randomStream } from '#engine/random';
import type { Recovery } from '#engine/recover';
import type { CompiledFunction, Meter, Runtime } from '#engine/runtime';
import { statisticsPlaces } from '#engine/statistics';
import { train, type TrainEvent } from '#engine/train';
import type { TrainingData } from '#engine/training-data';
import { FailureError } from '#shared/failure';
import { tinyData, tinyNetwork, withBench } from './tiny';

/** N_B and N_μ: pieces of 5, 4 and 4, after a recovery six of 2 and one of 1. */
const BATCH = 13;
const MICRO = 5;
const HALVED = 2;
const SAMPLES = 3 * BATCH;
/** Steps after the one that failed: what a wrong state would grow in. */
const AFTER = 3;
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
function watched(runtime: Runtime, saboteur: Saboteur): Runtime {
  const meter: Meter = {
    ...runtime.meter,
    inUseBytes: () => runtime.meter.inUseBytes(),
    resetPeak: () => runtime.meter.resetPeak(),
    peakBytes: () => saboteur.peakBytes?.(runtime.meter.peakBytes()) ?? runtime.meter.peakBytes(),
  };
  return {
    ...runtime,
    meter,
    compile(name, fn, specs): CompiledFunction {
      const compiled = runtime.compile(name, fn, specs);
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

const clock = { now: () => 0, pause: () => Promise.resolve(), stopping: () => false };
const nothing = () => ({ inUseBytes: 0, peakBytes: 0, rssBytes: 0 });

async function steps(bench: Workbench, data: TrainingData, micro: number, until: number, onEvent: (event: TrainEvent) => void = () => {}) {
  const epochs = 1000;
  const options = { ...clock, data, batch: BATCH, micro, epochs, learningRate: 0.01, seed: 3, memory: nothing };
  for await (const event of train(bench, options)) {
    onEvent(event);
    if (bench.learner.step >= until && event.kind !== 'progress') break;
  }
}

const network = tinyNetwork({ batchNorm: true });
const adam = () => createOptimizer('adam');

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
      const { kind: _, ...recovery } = event;
      recoveries.push(recovery);
      saboteur.onRecovery?.(bench, recovery);
    });
    return snapshotLearner(bench.learner);
  });
  return { state, recoveries, left: memory().numTensors - before };
}

export const exhausted = (): FailureError =>
  new FailureError({ kind: 'out-of-memory', neededBytes: 2e6, availableBytes: 1e6, micro: MICRO });

/** TensorFlow's own words (tensorflow/tfjs#2760). */
const inItsOwnWords = () =>
  new Error(
    'Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[5,6,6,4] and type float on /job:localhost by allocator x',
  );

/** True in the given slice of the failing step, once. */
function once(bench: () => Workbench, failing: number, slice: number): (name: string) => boolean {
  let [seen, done] = [0, false];
  return (name) => {
    if (done || bench().learner.step !== failing - 1 || !name.includes('_step_')) return false;
    done = seen++ === slice;
    return done;
  };
}

/** What every way of running out has in common. */
export function recoverySuite(load: () => Promise<Runtime>): void {
  let runtime: Runtime;
  const wanted = new Map<number, Snapshot>();
  beforeAll(async () => {
    runtime = await load();
    for (const failing of FAILING_STEPS) wanted.set(failing, await undisturbed(runtime, failing));
  }, 60_000);

  describe.each(FAILING_STEPS)('row 8: memory that runs out in step %i', (failing) => {
    const check = ({ state, recoveries, left }: Outcome) => {
      expect(recoveries).toMatchObject([{ step: failing, during: 'training', from: MICRO, micro: HALVED }]);
      expect(state).toEqual(wanted.get(failing));
      expect(left).toBe(0);
    };

    // Step 50 has no more to show than that a long run before it changes nothing.
    const isFirst = failing === 1;

    it.each(isFirst ? [0, 1, 2] : [1])('refused by the meter before slice %i of 3: as if it had never been tried', async (slice) => {
      check(
        await disturbed(runtime, failing, (bench) => {
          const isDue = once(bench, failing, slice);
          // The reader is asked just before the meter is: there the room shrinks, and is back when the step is done again.
          const data = (real: TrainingData): TrainingData => ({
            ...real,
            read(...args) {
              if (isDue('_step_')) bench().meter.limitBytes = 1;
              return real.read(...args);
            },
          });
          return { data, onRecovery: ({ meter }) => void (meter.limitBytes = Infinity) };
        }),
      );
    });

    it.each(isFirst ? [0, 1] : [1])('call %i of a mini-batch that took more than the budget: its result is thrown away', async (slice) => {
      check(
        await disturbed(runtime, failing, (bench) => {
          const isDue = once(bench, failing, slice);
          let greedy = false;
          return {
            beforeCall(name) {
              bench().meter.limitBytes = 1e12;
              greedy = isDue(name);
            },
            peakBytes: (real) => (greedy ? 2e12 : real),
            onRecovery: () => (greedy = false),
          };
        }),
      );
    });

    it('said in the engine’s own words inside slice 1', async () => {
      check(
        await disturbed(runtime, failing, (bench) => {
          const isDue = once(bench, failing, 1);
          return {
            beforeCall(name) {
              if (isDue(name)) throw inItsOwnWords();
            },
          };
        }),
      );
    });

    it.each(isFirst ? [0, 3, 6] : [3])('in the update of weight %i: none is updated, all are later', async (place) => {
      let updates = 0;
      check(
        await disturbed(runtime, failing, (bench) => ({
          beforeCall(name) {
            if (bench().learner.step !== failing - 1 || !name.includes('_update_')) return;
            if (updates++ === place) throw exhausted();
          },
        })),
      );
      expect(updates).toBeGreaterThan(place);
    });
  });

  it('control: running statistics that the failed pass moved, and nobody put back, are caught', async () => {
    const [{ movingMean }] = statisticsPlaces(network);
    const { state } = await disturbed(runtime, 50, (bench) => {
      const isDue = once(bench, 50, 1);
      return {
        beforeCall(name) {
          if (isDue(name)) throw exhausted();
        },
        onRecovery({ learner }) {
          const old = learner.weights[movingMean];
          learner.weights[movingMean] = mul(old, 0.99) as Tensor;
          dispose(old);
        },
      };
    });
    expect(state).not.toEqual(wanted.get(50));
  });

  it('control: random numbers drawn from one stream, piece after piece, are caught; by place they are not', async () => {
    const noisy =
      (draw: (step: number, place: number) => number) =>
      (real: TrainingData): TrainingData => ({
        ...real,
        read(...args) {
          const samples = real.read(...args);
          return { ...samples, pixels: samples.pixels.map((value, i) => (value + Math.floor(8 * draw(0, i))) % 256) };
        },
      });
    const failOnce = (data: Saboteur['data']) =>
      disturbed(runtime, 1, (bench) => {
        const isDue = once(bench, 1, 1);
        return {
          data,
          beforeCall(name) {
            if (isDue(name)) throw exhausted();
          },
        };
      });
    const never = (data: Saboteur['data']) =>
      withBench(runtime, network, adam(), async (bench) => {
        await steps(bench, data!(tinyData(SAMPLES)), HALVED, 1 + AFTER);
        return snapshotLearner(bench.learner);
      });
    const oneStream = () => {
      const random = randomStream(1);
      return noisy(() => random());
    };
    const byPlace = () => noisy((step, place) => randomStream(1, step, place % 72)());
    expect((await failOnce(byPlace())).state).toEqual(await never(byPlace()));
    expect((await failOnce(oneStream())).state).not.toEqual(await never(oneStream()));
  });

  it('a validation that runs out is done again in smaller pieces, with the same result and the same training', async () => {
    const run = (fails: boolean) =>
      withBench(watched(runtime, saboteurOf(fails)), network, adam(), async (bench) => {
        const events: TrainEvent[] = [];
        const data = tinyData(SAMPLES, BATCH);
        const options = { ...clock, data, batch: BATCH, micro: MICRO, epochs: 2, learningRate: 0.01, seed: 3, memory: nothing };
        for await (const event of train(bench, options)) events.push(event);
        return { events, state: await snapshotLearner(bench.learner) };
      });
    const saboteurOf = (fails: boolean): Saboteur => {
      let evaluations = 0;
      return {
        beforeCall(name) {
          if (fails && name.includes('_evaluation_') && evaluations++ === 1) throw exhausted();
        },
      };
    };
    const before = memory().numTensors;
    const [plain, recovered] = [await run(false), await run(true)];
    expect(memory().numTensors).toBe(before);
    expect(recovered.state).toEqual(plain.state);
    const validations = (events: TrainEvent[]) => events.flatMap((e) => (e.kind === 'epoch' ? [e.validation] : []));
    expect(recovered.events.filter(({ kind }) => kind === 'recovered')).toMatchObject([{ during: 'validation', from: 5, micro: 2 }]);
    for (const [i, { loss, accuracy }] of validations(recovered.events).entries()) {
      expect(accuracy).toBe(validations(plain.events)[i].accuracy);
      expect(Math.abs(loss - validations(plain.events)[i].loss)).toBeLessThan(1e-6);
    }
  });

  it('at one sample it stops with both figures and what to do, and the learner is whole', async () => {
    const before = memory().numTensors;
    const sizes: number[] = [];
    const run = disturbed(runtime, 1, () => ({
      beforeCall(name) {
        if (name.includes('_step_')) throw exhausted();
      },
      onRecovery: (_, { micro }) => void sizes.push(micro),
    }));
    await expect(run).rejects.toThrow(/One sample needs 2\.00 MB, and 1\.00 MB is allowed\. Allow more memory/);
    expect(sizes).toEqual([2, 1]);
    expect(memory().numTensors).toBe(before);
  });
}

/** On engines that run op by op, memory may run out between any two of them: inside forward, backward and update alike. */
export function insideSuite(load: () => Promise<Runtime>, failingSteps = FAILING_STEPS): void {
  /** Where the kernels of the failing step run: the place of each in its call, and whose call that is. */
  const places = async (runtime: Runtime, failing: number): Promise<{ call: 'step' | 'update'; at: number; of: number }[]> => {
    const found: { call: 'step' | 'update'; at: number; of: number }[] = [];
    let open: typeof found = [];
    await disturbed(runtime, failing, (bench) => {
      let call: 'step' | 'update' = 'step';
      return {
        beforeCall(name) {
          for (const place of open) place.of = open.length;
          open = [];
          call = name.includes('_step_') ? 'step' : 'update';
        },
        beforeKernel() {
          if (bench().learner.step !== failing - 1) return;
          open.push({ call, at: open.length, of: 0 });
          found.push(open[open.length - 1]);
        },
      };
    });
    return found;
  };

  it.each(failingSteps)(
    'row 8: memory that runs out inside forward, backward and update of step %i: as if it had never been tried',
    async (failing) => {
      const runtime = await load();
      const wanted = await undisturbed(runtime, failing);
      const all = await places(runtime, failing);
      const among = (wants: (place: (typeof all)[number]) => boolean) => all.flatMap((place, i) => (wants(place) ? [i] : []));
      const kinds = {
        forward: among(({ call, at, of }) => call === 'step' && at < 0.3 * of),
        backward: among(({ call, at, of }) => call === 'step' && at > 0.7 * of),
        update: among(({ call }) => call === 'update'),
      };
      for (const [kind, indices] of Object.entries(kinds)) {
        expect(indices.length, kind).toBeGreaterThan(5);
        const tries = failing === 1 ? 4 : 1;
        for (let n = 0; n < tries; n++) {
          const due = indices[Math.floor(((n + 0.5) / tries) * indices.length)];
          let kernels = 0;
          const { state, recoveries, left } = await disturbed(runtime, failing, (bench) => ({
            beforeKernel() {
              if (bench().learner.step === failing - 1 && kernels++ === due) throw exhausted();
            },
          }));
          expect(recoveries, `${kind}, kernel ${due}`).toMatchObject([{ step: failing, from: MICRO, micro: HALVED }]);
          expect(state, `${kind}, kernel ${due}`).toEqual(wanted);
          expect(left, `${kind}, kernel ${due}`).toBe(0);
        }
      }
    },
    120_000,
  );
}
