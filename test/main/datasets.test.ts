// Choosing, checking and importing, through the questions the window asks.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { removeLeftovers } from '#main/leftovers';
import { eventually, startApp, value } from './app';

const OPTIONS = { width: 8, height: 8, channels: 1 as const };

test('a chosen folder is a token; checked and imported it is a data set', async () => {
  const { ask, desktop, events, folders, root } = startApp();
  expect(await value(ask('chooseFolder'))).toBeNull();
  desktop.chosen = path.join(root, 'pictures');
  const chosen = await value(ask('chooseFolder'));
  expect(chosen).toEqual({ token: expect.any(String) as string, name: 'pictures' });
  expect(JSON.stringify(chosen)).not.toContain(root);

  expect((await value(ask('checkFolder', chosen!.token))).name).toBe('folder');
  const dataset = await value(ask('importFolder', chosen!.token, OPTIONS));
  expect(dataset).toMatchObject({ name: 'pictures', count: 2, bytesOnDisk: 2 });
  expect(await value(ask('listDatasets'))).toEqual([dataset]);
  expect(readdirSync(folders.datasets)).toEqual([dataset.id]);
  expect(existsSync(path.join(folders.datasets, dataset.id, 'samples.bin'))).toBe(true);
  expect(events).toContainEqual({ kind: 'import-progress', progress: { stage: 'decode', done: 1, total: 2 } });
});

test('the same content is imported once, and importing brings a deleted one back', async () => {
  const { ask, desktop, folders, root } = startApp();
  desktop.chosen = path.join(root, 'a', 'pictures');
  const first = await value(ask('importFolder', (await value(ask('chooseFolder')))!.token, OPTIONS));
  await value(ask('deleteDataset', first.id));
  expect(await value(ask('listDatasets'))).toEqual([]);
  desktop.chosen = path.join(root, 'b', 'pictures');
  const second = await value(ask('importFolder', (await value(ask('chooseFolder')))!.token, OPTIONS));
  expect(second).toEqual(first);
  expect(await value(ask('listDatasets'))).toEqual([first]);
  expect(readdirSync(folders.datasets)).toEqual([first.id]);
});

test('a version whose folder is gone is filled again by the same import', async () => {
  const { ask, folders } = startApp();
  const first = await value(ask('importSample', 'digits'));
  rmSync(path.join(folders.datasets, first.id), { recursive: true });
  expect(await ask('thumbnails', first.id)).toMatchObject({ ok: false, failure: { kind: 'dataset-missing' } });
  expect((await value(ask('importSample', 'digits'))).id).toBe(first.id);
  expect(readdirSync(folders.datasets)).toEqual([first.id]);
});

test('the sample is imported with the suggested options, once', async () => {
  const { ask, processes } = startApp();
  const first = await value(ask('importSample', 'digits'));
  expect(first).toMatchObject({ sample: 'digits', ...OPTIONS });
  const forked = processes.pids.length;
  expect(await value(ask('importSample', 'digits'))).toEqual(first);
  expect(processes.pids).toHaveLength(forked);
});

test('thumbnails are made once a version', async () => {
  const { ask } = startApp();
  const { id } = await value(ask('importSample', 'digits'));
  const first = await value(ask('thumbnails', id));
  expect(await value(ask('thumbnails', id))).toEqual(first);
});

test('a cancelled import leaves nothing behind', async () => {
  const { ask, desktop, events, folders, processes, root } = startApp();
  desktop.chosen = path.join(root, 'slow');
  const { token } = (await value(ask('chooseFolder')))!;
  const importing = ask('importFolder', token, OPTIONS);
  await eventually(() => events.length).toBe(1);
  expect(await ask('checkFolder', token)).toMatchObject({ ok: false, failure: { kind: 'bad-setting' } });
  await value(ask('cancelImport'));
  expect(await importing).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  expect(readdirSync(folders.datasets)).toEqual([]);
  await eventually(() => processes.alive).toBe(0);
});

test('an import that the history cannot write down leaves nothing behind', async () => {
  const { ask, db, folders } = startApp();
  db.exec(`CREATE TRIGGER refuse BEFORE INSERT ON datasets BEGIN SELECT RAISE(ABORT, 'refused by the test'); END`);
  expect(await ask('importSample', 'digits')).toMatchObject({ ok: false });
  expect(readdirSync(folders.datasets)).toEqual([]);
  db.exec('DROP TRIGGER refuse');
  await value(ask('importSample', 'digits'));
  expect(readdirSync(folders.datasets)).toHaveLength(1);
});

test('an importer that crashes is a sentence, and the next import works', async () => {
  const { ask, desktop, folders, root } = startApp();
  desktop.chosen = path.join(root, 'crash');
  const answer = await ask('importFolder', (await value(ask('chooseFolder')))!.token, OPTIONS);
  expect(answer).toMatchObject({ ok: false, sentence: expect.stringMatching(/it crashed, signal 11\. Nothing was imported/) as string });
  expect(readdirSync(folders.datasets)).toEqual([]);
  await value(ask('importSample', 'digits'));
});

test('a drop is a folder or a file, and only what exists', async () => {
  const { ask, root } = startApp();
  const folder = await value(ask('acceptDrop', root));
  expect(folder.name).toBe(path.basename(root));
  expect(await ask('checkFolder', folder.token)).toMatchObject({ ok: true });
  const archive = path.join(root, 'pets.zip');
  writeFileSync(archive, 'x');
  const file = await value(ask('acceptDrop', archive));
  expect(file.name).toBe('pets.zip');
  expect(await ask('checkFolder', file.token)).toMatchObject({ ok: true });
  expect(await ask('checkFolder', randomUUID())).toMatchObject({ ok: false, failure: { kind: 'bad-setting' } });
  expect(await ask('acceptDrop', path.join(root, 'missing'))).toMatchObject({ ok: false, failure: { kind: 'dataset-missing' } });
  expect(await ask('acceptDrop', 'relative')).toMatchObject({ ok: false });
});

test('what a dead import left is removed at start, versions are not', async () => {
  const { db, folders } = startApp();
  mkdirSync(path.join(folders.datasets, 'kept'), { recursive: true });
  mkdirSync(path.join(folders.datasets, 'importing-dead', 'x'), { recursive: true });
  // As a folder of a file of runs that another program removes between listing and looking.
  mkdirSync(folders.runs, { recursive: true });
  symlinkSync(path.join(folders.root, 'nowhere'), path.join(folders.runs, 'incoming-gone'));
  await removeLeftovers(folders, db);
  expect(readdirSync(folders.datasets)).toEqual(['kept']);
  await removeLeftovers({ ...folders, datasets: path.join(folders.root, 'nowhere') }, db);
});

test('an import cut off between its last two steps is gone at the next start; every other version stays', async () => {
  const { ask, db, folders } = startApp();
  const known = await value(ask('importSample', 'digits'));
  const [placed, stranger] = [randomUUID(), randomUUID()];
  for (const name of [placed, `importing-${placed}`, stranger, `importing-${known.id}`, 'importing-..'])
    mkdirSync(path.join(folders.datasets, name, 'x'), { recursive: true });
  await removeLeftovers(folders, db);
  // A version that no history knows may be all that is left of a damaged one.
  expect(readdirSync(folders.datasets).sort()).toEqual([known.id, stranger].sort());
  expect(existsSync(folders.root)).toBe(true);
});
