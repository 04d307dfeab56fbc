// METHOD.md's row 8 on engines that run op by op: memory may run out between any two of them.
import { expect, it } from 'vitest';
import type { Runtime } from '#engine/runtime';
import { disturbed, exhausted, FAILING_STEPS, HALVED, MICRO, undisturbed } from './saboteur';

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
