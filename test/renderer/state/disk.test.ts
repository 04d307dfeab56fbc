// When it is said that the disk is nearly full, and when no more.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { beforeAll, expect, test } from 'vitest';
import type { Disk as State } from '#renderer/state/disk.svelte';
import { lacksImportRoom, lacksRunRoom, useWords } from '#renderer/words/disk-words';
import { buildProgram } from '#test/support/build-program';

let Disk: typeof State;
beforeAll(async () => {
  const built = await buildProgram('src/renderer/state/disk.svelte.ts', 'disk-state', svelte({ configFile: false }));
  ({ Disk } = (await import(pathToFileURL(built).href)) as { Disk: typeof State });
});

const USE = { weights: 3e9, goes: 0, datasets: 4e9, backups: 2e6 };
const low = (freeBytes: number) => ({ freeBytes, totalBytes: 500e9, low: USE });

function opened() {
  const rooms: number[] = [];
  const disk = new Disk({ getDisk: () => Promise.resolve({ ok: true, value: low(900e6) }) }, ({ freeBytes }) => void rooms.push(freeBytes));
  return { disk, rooms };
}

test('it is said as the window opens, and no more when it was closed, until it is clearly worse', async () => {
  const { disk, rooms } = opened();
  expect(disk.notice).toBeUndefined();
  await disk.load();
  expect(disk.notice).toEqual({ ...USE, freeBytes: 900e6 });
  disk.close();
  expect(disk.notice).toBeUndefined();
  disk.hear(low(500e6));
  expect(disk.notice).toBeUndefined();
  disk.hear(low(400e6));
  expect(disk.notice?.freeBytes).toBe(400e6);
  expect(rooms).toEqual([900e6, 500e6, 400e6]);
});

test('with room again it goes by itself, and is said anew the next time', async () => {
  const { disk } = opened();
  await disk.load();
  disk.close();
  disk.hear({ freeBytes: 20e9, totalBytes: 500e9 });
  expect(disk.notice).toBeUndefined();
  disk.hear(low(890e6));
  expect(disk.notice?.freeBytes).toBe(890e6);
});

test('what takes most stands first, two of them, and what a new start frees behind them', () => {
  expect(useWords({ ...USE, goes: 1e9 })).toBe(
    'Imported data takes 4.00 GB. Models and checkpoints of runs take 3.00 GB. Weights that were deleted take 1.00 GB until Overbatch is next started.',
  );
  expect(useWords({ weights: 0, goes: 0, datasets: 0, backups: 2e6 })).toBe('Backups of the history take 2.00 MB.');
});

test('what is free beside the spare is what there is room for', () => {
  const disk = { freeBytes: 1.1e9, totalBytes: 500e9 };
  expect(lacksRunRoom(1e9, disk)).toBeUndefined();
  expect(lacksRunRoom(1.01e9, disk)).toMatch(/saves up to 1\.01 GB, and there is room for 1\.00 GB\. Make some/);
  expect(lacksImportRoom(1e6, { ...disk, freeBytes: 90e6 })).toMatch(/takes up to 1\.00 MB, and there is room for 0 B/);
  expect([lacksRunRoom(1e18, undefined), lacksImportRoom(1e18, undefined)]).toEqual([undefined, undefined]);
});
