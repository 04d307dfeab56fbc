// The data folder as the window asks about it: offered, moved while nothing else may change, gone on with, undone, and what is left behind.
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { readPointer, writePointer } from '#store/data-pointer';
import { writeJournal } from '#store/move/journal';
import { openStore, closeStore } from '#store/open';
import { createRun } from '#store/runs';
import { eventually, startApp, temporaryFolder, value } from './app';
import { RUNS } from './processes';

function withDisk() {
  const app = startApp();
  const disk = path.join(app.root, 'disk');
  mkdirSync(disk);
  const choose = async (folder = disk) => {
    app.desktop.chosen = folder;
    const offer = await value(app.ask('chooseDataFolder'));
    if (!offer) throw new Error('No folder was chosen.');
    return offer;
  };
  return { ...app, choose, disk };
}

test('it is moved to the folder that was offered, nothing else changes meanwhile, and the app starts again there', async () => {
  const { ask, choose, desktop, disk, events, folders } = withDisk();
  await value(ask('importSample', 'digits'));
  const offer = await choose();
  expect(offer).toMatchObject({ kind: 'free', to: disk });
  const moving = ask('moveData', offer.token);
  const refused = await ask('importSample', 'penguins');
  expect(refused).toMatchObject({
    ok: false,
    sentence: 'Your data is being moved to another folder. Wait until that is done, or cancel it.',
  });
  expect(await value(ask('getDataPlace'))).toMatchObject({ folder: folders.root, moving: { to: disk } });
  await value(moving);
  expect(readPointer(folders.user)).toEqual({ folder: disk, before: folders.root });
  expect(desktop.restarts).toBe(1);
  expect(events.some(({ kind }) => kind === 'move-progress')).toBe(true);
  // Until it has ended nothing is written where nobody would look for it.
  expect((await ask('importSample', 'penguins')).ok).toBe(false);
});

test('not while something trains, and not to what was never offered', async () => {
  const { ask, choose, desktop, folders, tell } = withDisk();
  const { id } = await value(ask('importSample', 'digits'));
  const offer = await choose();
  await value(ask('startRun', id, RUNS.untilStopped));
  expect(await ask('moveData', offer.token)).toMatchObject({ sentence: 'A run is training. Pause it, or wait until it ends.' });
  await value(tell('stopRun'));
  expect(await ask('useDataFolder', offer.token)).toMatchObject({ sentence: 'Choose the folder again: this choice is no longer known.' });
  expect([readPointer(folders.user), desktop.restarts]).toEqual([undefined, 0]);
});

test('cut off, it is told at the next start, and goes on or is undone', async () => {
  const { ask, disk, folders } = withDisk();
  const to = path.join(disk, 'Overbatch');
  mkdirSync(path.join(to, 'runs'), { recursive: true });
  writeJournal(folders.user, { from: folders.root, to, begunAt: '2026-11-30T12:00:00.000Z', isMade: true });
  expect(await value(ask('getDataPlace'))).toMatchObject({ unfinished: { to, begunAt: '2026-11-30T12:00:00.000Z' } });
  await value(ask('undoMove'));
  expect(readdirSync(disk)).toEqual([]);
  writeJournal(folders.user, { from: folders.root, to, begunAt: '', isMade: true });
  expect(await ask('continueMove')).toMatchObject({
    sentence: `What was copied to ${to} is not there. Connect its disk and go on then, or undo the move.`,
  });
  expect(existsSync(to)).toBe(false);
  mkdirSync(to);
  writeFileSync(path.join(to, '.overbatch-move'), '');
  const going = ask('continueMove');
  expect(await ask('cancelMove')).toMatchObject({ ok: true });
  expect((await going).ok).toBe(false);
  const again = ask('continueMove');
  expect((await ask('undoMove')).ok).toBe(false);
  await value(again);
  expect(readPointer(folders.user)?.folder).toBe(to);
});

test('while the data is missing and other data stands in for it, a move of it is neither told, nor gone on with, nor undone', async () => {
  const root = temporaryFolder();
  const { ask, folders } = startApp(root, { missing: '/media/disk' });
  writeJournal(folders.user, { from: '/media/disk', to: folders.user, begunAt: '', isMade: false });
  writePointer(folders.user, { folder: '/media/disk' });
  expect(await value(ask('getDataPlace'))).toEqual({ folder: folders.root, usual: folders.user, missing: '/media/disk' });
  const sentence = 'Your data lies in /media/disk, which is not there. Connect its disk and start Overbatch again first.';
  expect(await ask('undoMove')).toMatchObject({ sentence });
  expect(await ask('continueMove')).toMatchObject({ sentence });
  expect(existsSync(folders.database)).toBe(true);
});

test('what cannot be written there is told, the data stays where it is and is used on, and the move can go on later', async () => {
  const { ask, choose, disk, folders, desktop } = withDisk();
  const offer = await choose();
  // A file in the place of a folder.
  writeFileSync(path.join(disk, 'runs'), '');
  mkdirSync(path.join(folders.runs, 'one'), { recursive: true });
  const answer = await ask('moveData', offer.token);
  expect(answer.ok).toBe(false);
  expect([readPointer(folders.user), desktop.restarts]).toEqual([undefined, 0]);
  expect(await value(ask('getDataPlace'))).toMatchObject({ unfinished: { to: disk } });
  expect(await ask('importSample', 'digits')).toMatchObject({ ok: true });
});

test('data that lies in another folder is used from the next start on', async () => {
  const { ask, choose, desktop, disk, folders } = withDisk();
  closeStore(openStore(path.join(disk, 'overbatch.db')));
  const offer = await choose();
  expect(offer).toMatchObject({ kind: 'holds-data', to: disk });
  expect((await ask('moveData', offer.token)).ok).toBe(false);
  await value(ask('useDataFolder', offer.token));
  expect([readPointer(folders.user), desktop.restarts]).toEqual([{ folder: disk }, 1]);
  await value(ask('useUsualFolder'));
  expect(readPointer(folders.user)).toBeUndefined();
});

test('two things are not done to the folders at once', async () => {
  const { ask, disk, folders } = withDisk();
  closeStore(openStore(path.join(disk, 'overbatch.db')));
  writePointer(folders.user, { folder: folders.root, before: disk });
  const removing = ask('removeOldData');
  const sentence = 'Something is being done to the data folder already. Wait until that is done.';
  expect(await ask('undoMove')).toMatchObject({ sentence });
  expect(await ask('useUsualFolder')).toMatchObject({ sentence });
  await value(removing);
  expect(await ask('undoMove')).toMatchObject({ ok: true });
});

test('an old copy in which was trained since the move is not removed', async () => {
  const { ask, disk, folders } = withDisk();
  const db = openStore(path.join(disk, 'overbatch.db'));
  createRun(db, { id: 'later', spec: DEFAULT_SPEC, folder: 'runs/later', datasetName: 'digits' });
  closeStore(db);
  writePointer(folders.user, { folder: folders.root, before: disk });
  // The move was before that.
  utimesSync(path.join(folders.user, 'data-folder.json'), new Date(1.7e12), new Date(1.7e12));
  expect(await ask('removeOldData')).toMatchObject({
    sentence: `In ${disk} was trained or imported since the move, which is not here. Keep it there, or use that folder to see it.`,
  });
  expect(existsSync(path.join(disk, 'overbatch.db'))).toBe(true);
  await value(ask('keepOldData'));
});

test('before the usual folder is used or an old copy removed, what lies there is told', async () => {
  const { ask, disk, folders } = withDisk();
  await value(ask('importSample', 'digits'));
  expect(await value(ask('lookAtData', 'usual'))).toMatchObject({ folder: folders.user, holds: { runs: 0, datasets: 1 } });
  expect((await ask('lookAtData', 'before')).ok).toBe(false);
  const db = openStore(path.join(disk, 'overbatch.db'));
  createRun(db, { id: 'there', spec: DEFAULT_SPEC, folder: 'runs/there', datasetName: 'digits' });
  closeStore(db);
  mkdirSync(path.join(disk, 'runs', 'there'), { recursive: true });
  writeFileSync(path.join(disk, 'runs', 'there', 'weights.bin'), Buffer.alloc(500_000));
  writePointer(folders.user, { folder: folders.root, before: disk });
  const look = await value(ask('lookAtData', 'before'));
  expect(look).toMatchObject({ folder: disk, holds: { runs: 1, datasets: 0 } });
  expect(look.bytes).toBeGreaterThan(500_000);
  writeFileSync(path.join(disk, 'overbatch.db'), 'damaged');
  expect(await value(ask('lookAtData', 'before'))).not.toHaveProperty('holds');
});

test('what was left behind is kept, or removed when asked', async () => {
  const { ask, disk, folders } = withDisk();
  closeStore(openStore(path.join(disk, 'overbatch.db')));
  writePointer(folders.user, { folder: folders.root, before: disk });
  expect(await value(ask('getDataPlace'))).toMatchObject({ before: disk });
  await value(ask('removeOldData'));
  await eventually(() => existsSync(disk)).toBe(false);
  expect(await value(ask('getDataPlace'))).toEqual({ folder: folders.root, usual: folders.root });
});
