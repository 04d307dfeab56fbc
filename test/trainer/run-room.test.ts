// A run on a real disk that is too small for it, or is filled by others while it trains: it says so before it is full, and goes on when there is
// room, as if nothing had been.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { FailureError, toFailure, type Failure } from '#shared/failure';
import type { RunEvent } from '#shared/run-event';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { tinyImageFolder } from '#test/support/pictures';
import { CAN_MOUNT, smallDisk } from '#test/support/small-disk';
import { temporaryFolder } from '#test/support/temporary-folder';
import { readHeader } from '#trainer/checkpoint';
import { executeRun } from '#trainer/execute-run';
import type { RunRequest } from '#trainer/run-request';
import { neededBytes } from '#trainer/run-room';

/** One step an epoch. */
async function tinyRun(epochs: number): Promise<Omit<RunRequest, 'outFolder'>> {
  const datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(tinyImageFolder(['a', 'b'], 8), { width: 8, height: 8, channels: 1 }, datasetFolder);
  return { spec: { ...DEFAULT_SPEC, engine: 'wasm', batch: 64, micro: 5, finalModel: 'best', epochs }, datasetFolder };
}

/** What it said, and what it failed of. */
async function told(request: RunRequest, onEpoch: (epoch: number) => void = () => {}): Promise<{ events: RunEvent[]; failure?: Failure }> {
  const events: RunEvent[] = [];
  try {
    for await (const event of executeRun(request, new AbortController().signal)) {
      events.push(event);
      if (event.kind === 'epoch') onEpoch(event.epoch);
    }
    return { events };
  } catch (error) {
    return { events, failure: toFailure(error) };
  }
}

const stepsIn = (folder: string): number[] =>
  readFileSync(join(folder, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; step: number })
    .filter(({ kind }) => kind === 'step')
    .map(({ step }) => step);

test('what lies there already is not needed again, and to finish needs no checkpoint', () => {
  const bytes = { checkpoint: 300e6, weights: 100e6 };
  const outFolder = temporaryFolder();
  const whole = neededBytes({ outFolder, bytes, steps: 0 });
  expect(whole).toBeGreaterThan(4 * 300e6 + 2 * 100e6);
  expect(neededBytes({ outFolder, bytes, steps: 0, toFinish: true })).toBeLessThan(300e6);
});

describe.skipIf(!CAN_MOUNT)('on a small disk', () => {
  test('a run that does not fit is refused before it begins, and leaves nothing', async () => {
    const disk = smallDisk(24);
    const outFolder = join(disk.folder, 'run');
    const run = await tinyRun(3);
    disk.leave(600_000);
    const { events, failure } = await told({ ...run, outFolder });
    expect(failure).toMatchObject({ kind: 'no-room', what: 'run', path: outFolder });
    expect(events).toEqual([]);
    expect(readdirSync(disk.folder)).toEqual(['ballast']);
    disk.makeRoom();
    expect((await told({ ...run, outFolder })).events.at(-1)).toMatchObject({ kind: 'finished', reason: 'completed' });
  });

  test.each([
    ['filled nearly, it saves its place and stops', 700_000, { kind: 'no-room', what: 'going-run' }, 2],
    ['filled to the last byte, the checkpoint before stays whole', 0, { kind: 'disk-full' }, 1],
  ])('%s; with room again it ends as if nothing had been', async (_, left, why, step) => {
    const run = await tinyRun(4);
    const whole = temporaryFolder();
    await told({ ...run, outFolder: whole });
    const disk = smallDisk(24);
    const outFolder = join(disk.folder, 'run');
    const first = await told({ ...run, outFolder }, (epoch) => epoch === 2 && disk.leave(left));
    expect(first.failure).toMatchObject(why);
    expect(readHeader(outFolder).header.step).toBe(step);
    expect(readdirSync(join(outFolder, 'checkpoints')).filter((name) => name.includes('unfinished'))).toEqual([]);
    // Still full, it does not begin to go on.
    const again = await told({ ...run, outFolder, resumeFolder: outFolder });
    expect(again.failure).toMatchObject({ kind: 'no-room', what: 'run' });
    disk.makeRoom();
    const { events } = await told({ ...run, outFolder, resumeFolder: outFolder });
    expect(events.at(-1)).toMatchObject({ kind: 'finished', reason: 'completed' });
    for (const file of ['weights.bin', 'model.json'])
      expect(readFileSync(join(outFolder, file)).equals(readFileSync(join(whole, file)))).toBe(true);
    expect(stepsIn(outFolder)).toEqual(stepsIn(whole));
  });
});

test('the failure crosses a process as it is', () => {
  const failure: Failure = { kind: 'no-room', what: 'run', path: '/x', neededBytes: 3, spareBytes: 2, freeBytes: 1 };
  expect(toFailure(new FailureError(failure))).toEqual(failure);
});
