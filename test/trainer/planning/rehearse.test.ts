// A plan of quick epochs rehearses the run's first ones: nothing of that is left, and where it cannot be done the plan stands without.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import { defaultSpec } from '#shared/default-spec';
import type { RunSpec } from '#shared/run-spec';
import { packedSample } from '#test/support/table-runs';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executePlan } from '#trainer/execute-run';

const { TMPDIR } = process.env;
afterEach(() => {
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
});

const spec: RunSpec = { ...defaultSpec('classification'), engine: 'wasm', epochs: 8, patience: 1, finalModel: 'best' };

test('its epochs tell how long one takes, however early the run would end, and no file and no tensor of them is left', async () => {
  const datasetFolder = await packedSample('penguins');
  const scratch = temporaryFolder();
  const planIn = async (folder: string) => {
    process.env.TMPDIR = folder;
    const { plan } = await executePlan({ spec, datasetFolder });
    return { plan, tensors: memory().numTensors };
  };
  // The control: with no place for its files the parts are all that is known.
  const without = await planIn(join(scratch, 'gone'));
  expect([without.plan.pace!.epoch, without.plan.pace!.beginning]).toEqual([undefined, undefined]);
  expect(without.plan.secondsPerEpoch).toBeGreaterThan(0);

  const { plan, tensors } = await planIn(scratch);
  const { epoch, beginning } = plan.pace!;
  expect({ epoch, beginning }).toEqual({ epoch: expect.any(Number), beginning: expect.any(Number) });
  expect(plan.secondsPerEpoch).toBeGreaterThan(epoch! + beginning! / spec.epochs);
  expect([readdirSync(scratch), tensors]).toEqual([[], without.tensors]);
});
