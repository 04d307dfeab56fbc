// What runs take on the disk: of a folder of the person's own only what is the run's, and nothing is looked at twice that is as it was.
import { mkdirSync, readdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { RunSizes } from '#main/run-sizes';
import { temporaryFolder } from '#test/support/temporary-folder';

function folderOfRun(): string {
  const folder = temporaryFolder();
  for (const name of ['checkpoints/step-1', 'evaluation', 'photos']) mkdirSync(path.join(folder, name), { recursive: true });
  for (const [name, bytes] of [
    ['weights.bin', 300],
    ['receipt.json', 7],
    ['checkpoints/step-1/state.bin', 900],
    ['evaluation/validation.json', 40],
    ['photos/cat.png', 5_000],
  ] as const)
    writeFileSync(path.join(folder, name), 'x'.repeat(bytes));
  return folder;
}

test('of a folder of the person’s own only what a run writes is counted', async () => {
  const folder = folderOfRun();
  const run = { id: 'a', folder, isOwn: false, areWeightsDeleted: false };
  const size = { weights: 300, checkpoints: 900, rest: 47, goes: 0 };
  expect(await new RunSizes().of([run])).toEqual({ a: size });
  expect(await new RunSizes().of([{ ...run, isOwn: true }])).toEqual({ a: { ...size, rest: 5_047 } });
  expect(await new RunSizes().of([{ ...run, areWeightsDeleted: true }])).toEqual({
    a: { ...size, weights: 0, checkpoints: 0, goes: 1_200 },
  });
});

test('a run is measured again where something in its folder was renamed into its place, and only then; the same walk answers who asks meanwhile', async () => {
  const folder = folderOfRun();
  const sizes = new RunSizes();
  const runs = () => [{ id: 'a', folder, isOwn: true, areWeightsDeleted: false }];
  const checkpoints = async () => (await sizes.all(runs)).a.checkpoints;
  const [first, second] = [sizes.all(runs), sizes.all(runs)];
  expect(first).toBe(second);
  expect((await first).a.checkpoints).toBe(900);
  // Changed in its place, as nothing of ours does it: no folder shows that.
  writeFileSync(path.join(folder, 'checkpoints', 'step-1', 'state.bin'), 'short');
  expect(await checkpoints()).toBe(900);
  const { atime, mtime } = statSync(path.join(folder, 'checkpoints'));
  mkdirSync(path.join(folder, 'checkpoints', 'step-2.unfinished'));
  writeFileSync(path.join(folder, 'checkpoints', 'step-2.unfinished', 'state.bin'), 'x'.repeat(800));
  renameSync(path.join(folder, 'checkpoints', 'step-2.unfinished'), path.join(folder, 'checkpoints', 'step-2'));
  utimesSync(path.join(folder, 'checkpoints'), atime, new Date(mtime.getTime() + 1_000));
  expect(readdirSync(path.join(folder, 'checkpoints'))).toHaveLength(2);
  expect(await checkpoints()).toBe(805);
});
