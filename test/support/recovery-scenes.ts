// METHOD.md's row 8 on every kind of mini-batch a run can have: residual nets with BatchNorm, exact BatchNorm stage by stage, dropout,
// pieces joined in one call, each with another rule; memory runs out before slices, in the clipping norm and in the update.
import { add, dispose } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '#engine/learner';
import { mlp } from '#engine/models/mlp';
import { createOptimizer } from '#engine/optimizers';
import type { Runtime } from '#engine/runtime';
import { updateGroups } from '#engine/update';
import { relativeL2 } from './distance';
import { AFTER, disturbed, exhausted, undisturbed, type Outcome, type Saboteur, TINY, type Scene } from './saboteur';
import { residualNetwork, TINY_CLASSES, TINY_SHAPE, tinyNetwork } from './tiny';

interface ProvedScene extends Scene {
  /** Whether pieces of any size give one result: then the run equals one that nothing ever happened to. */
  isIdentical: boolean;
}

const RULES = { clipNorm: 0.5, ema: 0.9, epsilon: 1e-3 };

const SCENES: Record<string, ProvedScene> = {
  'a residual net, each piece normalized by itself, with momentum, clipping and averaged weights': {
    network: residualNetwork(),
    optimizer: () => createOptimizer('momentum', RULES),
    batch: 13,
    micro: 5,
    halved: 2,
    isIdentical: false,
  },
  'the residual net with exact BatchNorm and Adam': {
    network: { ...residualNetwork(), batchNorm: 'exact' },
    optimizer: () => createOptimizer('adam', RULES),
    batch: 13,
    micro: 5,
    halved: 2,
    isExact: true,
    isIdentical: true,
  },
  'dropout with AdamW': {
    network: tinyNetwork({ dropoutRate: 0.3 }),
    optimizer: () => createOptimizer('adamw', RULES),
    batch: 13,
    micro: 5,
    halved: 2,
    isIdentical: true,
  },
  // Eight pieces of 4, after a recovery sixteen of 2: two calls and four where the engine joins them.
  'pieces joined in one call with RMSprop': {
    network: mlp(TINY_SHAPE, TINY_CLASSES, [16]),
    optimizer: () => createOptimizer('rmsprop', RULES),
    batch: 32,
    micro: 4,
    halved: 2,
    isIdentical: true,
  },
  'more weights than one call updates': {
    network: mlp(TINY_SHAPE, TINY_CLASSES, [384, 384]),
    optimizer: () => createOptimizer('momentum', RULES),
    batch: 13,
    micro: 5,
    halved: 2,
    isIdentical: true,
  },
};

const isSlice = (name: string): boolean => /_(step|forward|backward)_/.test(name);
const isUpdate = (name: string): boolean => name.includes('_update_');
const isNorm = (name: string): boolean => name.includes('_gradient_norm');

/** METHOD.md, row 1: after 50 steps. */
const NEVER_INTERRUPTED = 1e-5;

/** @param failing the step in which memory runs out; the 50th belongs to the deep proofs */
export function recoveryScenesSuite(load: () => Promise<Runtime>, failing = 1): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  }, 60_000);

  describe.each(Object.entries(SCENES))('row 8: %s', (_, scene) => {
    /** Names of the failing step's calls, in order. */
    const callsOf = async (failing: number): Promise<string[]> => {
      const names: string[] = [];
      const note = (bench: Parameters<Parameters<typeof disturbed>[2]>[0]): Saboteur => ({
        beforeCall: (name) => void (bench().learner.step === failing - 1 && names.push(name)),
      });
      await disturbed(runtime, failing, note, scene);
      return names;
    };
    /** Memory runs out before call number `due` of the failing step, once. */
    const failingAt = (failing: number, due: number, more: Omit<Saboteur, 'beforeCall'> = {}): Promise<Outcome> => {
      let calls = 0;
      return disturbed(
        runtime,
        failing,
        (bench) => ({
          ...more,
          beforeCall() {
            if (bench().learner.step === failing - 1 && calls++ === due) throw exhausted();
          },
        }),
        scene,
      );
    };
    const expectWhole = ({ state, recoveries, left }: Outcome, failing: number, wanted: Snapshot): void => {
      expect(recoveries).toMatchObject([{ step: failing, during: 'training', from: scene.micro, micro: scene.halved }]);
      expect(state).toEqual(wanted);
      expect(left).toBe(0);
    };
    const places = (calls: readonly string[], wants: (name: string) => boolean): number[] =>
      calls.flatMap((name, i) => (wants(name) ? [i] : []));

    if (failing === 1)
      it('step 1: before any slice, in the clipping norm and in any update', async () => {
        const [wanted, calls] = [await undisturbed(runtime, 1, scene), await callsOf(1)];
        const [slices, updates] = [places(calls, isSlice), places(calls, isUpdate)];
        expect(slices.length).toBeGreaterThan(0);
        expect(updates).toHaveLength(updateGroups(scene.network, runtime.captures ?? false).length);
        expect(places(calls, isNorm)).toHaveLength(1);
        const spread = (all: number[]) => new Set([all[0], all[Math.floor(all.length / 2)], all.at(-1)!]);
        for (const due of [...spread(slices), ...places(calls, isNorm), ...spread(updates)]) {
          expectWhole(await failingAt(1, due), 1, wanted);
        }
      }, 120_000);
    else
      it(`step ${failing}: before the last slice and in the last update; as if never interrupted where pieces of any size give one result`, async () => {
        const [wanted, calls] = [await undisturbed(runtime, failing, scene), await callsOf(failing)];
        for (const all of [places(calls, isSlice), places(calls, isUpdate)]) {
          expectWhole(await failingAt(failing, all.at(-1)!), failing, wanted);
        }
        const never = await disturbed(runtime, failing, () => ({}), scene);
        const apart = relativeL2(wanted.weights, never.state.weights);
        if (scene.isIdentical) expect(apart).toBeLessThanOrEqual(NEVER_INTERRUPTED);
        else expect(apart, 'control: where size matters it shows').toBeGreaterThan(NEVER_INTERRUPTED);
      }, 120_000);

    it('control: a slot, or what was drawn, that the failed pass moved is caught', async () => {
      const wanted = await undisturbed(runtime, 1, scene);
      const moved = await failingAt(1, 0, {
        onRecovery({ learner }) {
          const place = learner.slots.findIndex((slots) => slots.length > 0);
          const [old] = learner.slots[place];
          // Nearly nothing in a first step, whose slots are zero or the weights themselves.
          learner.slots[place][0] = add(old, 1e-6);
          dispose(old);
        },
      });
      expect(moved.recoveries).toHaveLength(1);
      expect(moved.state).not.toEqual(wanted);
      if (!scene.network.nodes.some(({ layer }) => layer.noise)) return;
      let failed = false;
      const drawnOn = await failingAt(1, 0, {
        onRecovery: () => void (failed = true),
        data: (real) => ({
          ...real,
          read(list, start, size) {
            if (failed && list.step === 0) Object.assign(list, { step: AFTER + 1 });
            return real.read(list, start, size);
          },
        }),
      });
      expect(drawnOn.state).not.toEqual(wanted);
    });
  });

  it('a short last mini-batch that runs out halves N_μ for the full ones too: what its smaller pieces could not have, theirs cannot', async () => {
    const scene: Scene = { ...TINY, samples: TINY.batch + 8 };
    const wanted = await undisturbed(runtime, 2, scene);
    let failed = false;
    const outcome = await disturbed(
      runtime,
      2,
      (bench) => ({
        beforeCall(name) {
          if (failed || bench().learner.step !== 1 || !isSlice(name)) return;
          failed = true;
          throw exhausted();
        },
      }),
      scene,
    );
    expect(outcome.recoveries).toMatchObject([{ step: 2, from: 4, micro: 2 }]);
    expect(outcome.state).toEqual(wanted);
    const kept = await disturbed(runtime, 2, () => ({}), scene);
    expect(kept.state, 'control: other pieces, other bits').not.toEqual(wanted);
  });
}
