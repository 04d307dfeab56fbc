// Everything that computes runs captured, of one architecture of each kind (test/deep/captured.test.ts: the larger ones), and is dropped with its plan.
import { expect, it, vi } from 'vitest';
import { MODEL_NAMES } from '#shared/run-spec';
import { capturedSuite } from '#test/support/captured-suite';
import { opByOp } from '#test/support/op-by-op';
import { disturbed, exhausted } from '#test/support/saboteur';
import { LARGER, smallNetwork } from '#test/support/small-networks';

vi.setConfig({ testTimeout: 240_000 });

const MODELS = MODEL_NAMES.filter((model) => !LARGER.includes(model));
capturedSuite(MODELS, ({ useAll, build, computedOutside, captured, dropped }, runtime) => {
  it('group normalization computes in captured functions alone', async () => {
    await useAll(runtime(), smallNetwork('resnet-8', 3, { normalization: 'group' }), false);
    expect(computedOutside()).toEqual([]);
  });

  it('control: op by op the same is seen to compute outside', async () => {
    await useAll(opByOp(runtime()), build('small-cnn'), false);
    expect(computedOutside()).toContain('OverbatchPooledConvolution');
  });

  it('functions of the sizes that were given up are gone when a plan changes', async () => {
    let failed = false;
    await disturbed(runtime(), 2, (bench) => ({
      beforeCall(name) {
        if (failed || bench().learner.step !== 1 || !name.includes('_step_')) return;
        failed = true;
        throw exhausted();
      },
      onRecovery() {
        expect(captured().length).toBeGreaterThan(2);
        expect([...dropped()].sort()).toEqual([...captured()].sort());
      },
    }));
    expect(failed).toBe(true);
    const again = captured().flatMap((name) => /_(step_2(?:x\d+)?)_\d+$/.exec(name)?.[1] ?? []);
    expect(again.length).toBeGreaterThan(0);
    expect(new Set(again).size).toBe(again.length);
    expect([...dropped()].sort()).toEqual([...captured()].sort());
  });
});
