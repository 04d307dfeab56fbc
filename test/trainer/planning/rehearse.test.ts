// A plan of quick epochs rehearses the run's first ones: nothing of that is left, and where it cannot be done the plan stands without.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { defaultSpec } from '#shared/default-spec';
import type { Plan } from '#shared/plan';
import type { RunSpec } from '#shared/run-spec';
import { packedSample } from '#test/support/table-runs';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executePlan } from '#trainer/execute-run';
import { openTrainingData } from '#trainer/open-training-data';
import { coresOf, plannedSeconds, shapeOf } from '#trainer/planning/paced';

const { TMPDIR } = process.env;
afterEach(() => {
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
});

const spec: RunSpec = { ...defaultSpec('classification'), engine: 'wasm', epochs: 8, patience: 1, finalModel: 'best' };

test('what its epochs told is part of the time it says, of a run of one epoch and of one that may end early; no file and no tensor of them is left', async () => {
  const datasetFolder = await packedSample('penguins');
  const scratch = temporaryFolder();
  const data = await openTrainingData(datasetFolder, spec, 1e9);
  onTestFinished(() => data.close());
  const seconds = (plan: Plan, epochs: number) =>
    plannedSeconds(plan.pace!, plan.measured, shapeOf(data, plan, epochs), coresOf({ isParallel: false }, data));
  const planIn = async (folder: string, epochs = spec.epochs) => {
    process.env.TMPDIR = folder;
    const { plan } = await executePlan({ spec: { ...spec, epochs }, datasetFolder });
    return { plan, tensors: memory().numTensors };
  };
  // The control: with no place for its files the parts are all that is known.
  const without = await planIn(join(scratch, 'gone'));
  expect([without.plan.pace!.epoch, without.plan.pace!.beginning]).toEqual([undefined, undefined]);

  // Of a process that was killed, and of one that works.
  const { pid: gone } = spawnSync(process.execPath, ['--version']);
  const [left, others] = [gone, process.ppid].map((pid) => join(scratch, `overbatch-rehearsal-${pid}-a`));
  for (const folder of [left, others]) mkdirSync(join(folder, 'checkpoints'), { recursive: true });
  for (const epochs of [8, 1]) {
    const { plan, tensors } = await planIn(scratch, epochs);
    const { epoch, between, beginning } = plan.pace!;
    expect({ epoch, between }).toEqual({ epoch: expect.any(Number), between: expect.any(Number) });
    expect(beginning!.length).toBeGreaterThanOrEqual(3);
    expect(plan.secondsPerEpoch).toBeCloseTo(seconds(plan, epochs), 12);
    expect([readdirSync(scratch), tensors]).toEqual([[basename(others)], without.tensors]);
  }
});
