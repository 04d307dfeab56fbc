// METHOD.md's row 8 with its controls: memory that runs out at a chosen place of a chosen step, on every engine by the tests beside it.
import { dispose, memory, mul, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { snapshotLearner, type Snapshot } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import { randomStream } from '#engine/random';
import type { Runtime } from '#engine/runtime';
import { statisticsPlaces } from '#engine/statistics';
import { train, type TrainEvent } from '#engine/train';
import type { TrainingData } from '#engine/training-data';
import { updateGroups } from '#engine/update';
import * as saboteur from './saboteur';
import { tinyData, withBench } from './tiny';

const {
  adam,
  AFTER,
  BATCH,
  clock,
  disturbed,
  exhausted,
  FAILING_STEPS,
  HALVED,
  MICRO,
  network,
  nothing,
  SAMPLES,
  steps,
  undisturbed,
  watched,
} = saboteur;
type Saboteur = saboteur.Saboteur;
type Outcome = saboteur.Outcome;

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

    // Known with the engine alone: all of them may be one call.
    it.each(isFirst ? [0, 0.5, 1] : [0.5])('in the update, %d of its calls done: no weight is updated, all are later', async (share) => {
      const { length } = updateGroups(network, runtime.captures ?? false);
      if (length === 1 && share !== 0.5) return;
      const due = Math.round(share * (length - 1));
      let updates = 0;
      check(
        await disturbed(runtime, failing, (bench) => ({
          beforeCall(name) {
            if (bench().learner.step !== failing - 1 || !name.includes('_update_')) return;
            if (updates++ === due) throw exhausted();
          },
        })),
      );
      expect(updates).toBeGreaterThan(due);
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
    const validations = (events: TrainEvent[]) => events.flatMap((e) => (e.kind === 'epoch' ? [e.validation!] : []));
    expect(recovered.events.filter(({ kind }) => kind === 'recovered')).toMatchObject([{ during: 'validation', from: 5, micro: 2 }]);
    for (const [i, { loss, accuracy }] of validations(recovered.events).entries()) {
      expect(accuracy).toBe(validations(plain.events)[i].accuracy);
      expect(Math.abs(loss - validations(plain.events)[i].loss)).toBeLessThan(1e-6);
    }
  });

  it('the memory of a batch is that of the try that came through, not of one before it, nor of a validation', async () => {
    const [allowed, tooMuch, judging] = [1e12, 2e12, 5e11];
    let [calls, took] = [0, 0];
    const saboteur: Saboteur = {
      beforeCall(name) {
        took = name.includes('_evaluation_') ? judging : 0;
        if (name.includes('_step_') && calls++ === 1) took = tooMuch;
      },
      peakBytes: (real) => Math.max(took, real),
    };
    const said: TrainEvent[] = [];
    await withBench(watched(runtime, saboteur), network, adam(), async (bench) => {
      bench.meter.limitBytes = allowed;
      const data = tinyData(SAMPLES, BATCH);
      const options = { ...clock, data, batch: BATCH, micro: MICRO, epochs: 2, learningRate: 0.01, seed: 3, memory: nothing };
      for await (const event of train(bench, options)) said.push(event);
    });
    expect(said.filter(({ kind }) => kind === 'recovered')).toMatchObject([{ step: 1, during: 'training' }]);
    const readings = said.flatMap((event) => (event.kind === 'progress' ? event.steps.map(({ memoryBytes }) => memoryBytes!) : []));
    expect(readings.length).toBeGreaterThan(3);
    for (const bytes of readings) expect(bytes).toBeLessThan(judging / 2);
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
