// What the window is told of the disk while others fill it and make room again.
import { expect, onTestFinished, test } from 'vitest';
import type { WindowEvent } from '#shared/window-event';
import type { DiskState } from '#shared/disk-state';
import type { RunEvent } from '#shared/run-event';
import { DiskWatch } from '#main/disk-watch';

const USE = { weights: 3e9, goes: 0, datasets: 1e9, backups: 2e6 };

function watched(use = () => Promise.resolve(USE)) {
  let freeBytes = 50e9;
  const told: DiskState[] = [];
  const listeners: ((event: RunEvent | 'ended') => void)[] = [];
  const watch = new DiskWatch({
    root: '/data',
    training: { onEvent: (listener) => void listeners.push(listener) },
    send: (event: WindowEvent) => void (event.kind === 'disk' && told.push(event.disk)),
    use,
    read: () => ({ bavail: freeBytes / 1000, bsize: 1000, blocks: 500e6 }),
  });
  onTestFinished(() => watch.close());
  const at = async (bytes: number) => {
    freeBytes = bytes;
    await watch.look();
    return told.at(-1);
  };
  const hear = async (event: RunEvent | 'ended') => {
    for (const listener of listeners) listener(event);
    await watch.look();
    return told.at(-1);
  };
  return { at, hear, told, watch };
}

test('it says what takes the room where there is little, and takes that back', async () => {
  const { at, told } = watched();
  expect(await at(50e9)).toEqual({ freeBytes: 50e9, totalBytes: 500e9 });
  expect(await at(0.9e9)).toEqual({ freeBytes: 0.9e9, totalBytes: 500e9, low: USE });
  expect((await at(1.1e9))?.low).toEqual(USE);
  expect(await at(1.3e9)).toEqual({ freeBytes: 1.3e9, totalBytes: 500e9 });
  expect(told).toHaveLength(4);
});

test('a little more or less is no news', async () => {
  const { at, told } = watched();
  await at(50e9);
  await at(49.9e9);
  expect(told).toHaveLength(1);
  await at(49e9);
  expect(told).toHaveLength(2);
});

test('what a run still has to save counts from its start to its end', async () => {
  const { at, hear } = watched();
  expect((await at(1.5e9))?.low).toBeUndefined();
  expect((await hear({ kind: 'started', parameters: 25e6 } as RunEvent))?.low).toEqual(USE);
  expect((await hear('ended'))?.low).toBeUndefined();
});

test('where it cannot be asked what takes the room, it is said all the same', async () => {
  const { at } = watched(() => Promise.reject(new Error('locked')));
  expect((await at(1e6))?.low).toEqual({ weights: 0, goes: 0, datasets: 0, backups: 0 });
});
