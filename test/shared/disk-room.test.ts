// From when on a disk is too full for what is about to be written, and what is said then.
import { statfsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lackOfRoom, roomAt, runBytes, savingBytes, spareBytes, type ReadDisk } from '#shared/disk-room';
import { isClearlyWorse, isLow, runNeedsBytes } from '#shared/disk-state';
import { failureSentence, type NeedsRoom } from '#shared/failure';
import { temporaryFolder } from '#test/support/temporary-folder';

const GB = 1e9;
const disk =
  (freeBytes: number, totalBytes: number): ReadDisk =>
  () => ({ bavail: freeBytes / 1000, bsize: 1000, blocks: totalBytes / 1000 });

test('100 MB stay free, of a small disk a fiftieth', () => {
  expect([1000 * GB, 5 * GB, GB, 24e6].map((totalBytes) => spareBytes({ totalBytes }))).toEqual([100e6, 100e6, 20e6, 480_000]);
});

test('a folder that is not there yet has the room of the one around it; where the system does not say, nothing is refused', () => {
  const folder = temporaryFolder();
  expect(roomAt(`${folder}/not/yet/there`, statfsSync)?.totalBytes).toBe(roomAt(folder, statfsSync)?.totalBytes);
  expect(roomAt(folder, statfsSync)?.totalBytes).toBeGreaterThan(0);
  const silent: ReadDisk = () => {
    throw Object.assign(new Error('ENOSYS'), { code: 'ENOSYS' });
  };
  expect(roomAt(folder, silent)).toBeUndefined();
  expect(lackOfRoom({ what: 'run', path: folder, neededBytes: 1e18 }, silent)).toBeUndefined();
  const gone: ReadDisk = () => {
    throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
  };
  expect([roomAt('/a/b', gone), roomAt('C:\\a\\b', gone), roomAt('a', gone)]).toEqual([undefined, undefined, undefined]);
});

test('what just fits beside the spare is not refused, one block less is', () => {
  const wanted = { what: 'import' as const, path: '/data', neededBytes: 2 * GB };
  expect(lackOfRoom(wanted, disk(2.1 * GB, 500 * GB))).toBeUndefined();
  expect(lackOfRoom(wanted, disk(2.1 * GB - 1000, 500 * GB))?.failure).toEqual({
    kind: 'no-room',
    ...wanted,
    spareBytes: 100e6,
    freeBytes: 2.1 * GB - 1000,
  });
});

test('each says what it needs, what is free, and what to do', () => {
  const all: NeedsRoom[] = ['run', 'going-run', 'import', 'going-import', 'export', 'runs', 'backup'];
  for (const what of all) {
    const said = failureSentence({ kind: 'no-room', what, path: '/data', neededBytes: 2 * GB, spareBytes: 100e6, freeBytes: 1.2 * GB });
    expect(said).toMatch(/\/data/);
    expect(said).toMatch(/1\.20 GB are free/);
    expect(said).toMatch(/Free some space/);
  }
});

test('a run needs more than to save once, and that more than its model', () => {
  const saved = { checkpoint: 120e6, weights: 40e6 };
  expect(runBytes(saved, 1000)).toBeGreaterThan(savingBytes(saved));
  expect(savingBytes(saved)).toBeGreaterThan(2 * (saved.checkpoint + saved.weights));
  expect(runBytes(saved, 1e6) - runBytes(saved, 0)).toBe(400e6);
});

test('under 1 GB, or a twentieth of a small disk, it is said; taken back only where there is clearly more', () => {
  const at = (freeBytes: number, totalBytes = 500 * GB, needed = 0, wasLow = false) => isLow({ freeBytes, totalBytes }, needed, wasLow);
  expect([at(GB), at(GB - 1)]).toEqual([false, true]);
  expect([at(GB, 24e6), at(1.2e6, 24e6), at(1.2e6 - 1, 24e6)]).toEqual([false, false, true]);
  expect([at(1.1 * GB, 500 * GB, 0, true), at(1.2 * GB, 500 * GB, 0, true)]).toEqual([true, false]);
  // What the run that goes on still has to save comes on top.
  expect(at(1.3 * GB, 500 * GB, runNeedsBytes(11e6))).toBe(true);
  expect(at(1.4 * GB, 500 * GB, runNeedsBytes(11e6))).toBe(false);
});

test('who closed the notice hears of it again when half of that is gone', () => {
  expect([isClearlyWorse(500e6, 900e6), isClearlyWorse(449e6, 900e6)]).toEqual([false, true]);
});
