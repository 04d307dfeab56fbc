// Imports that were paused, or ended by others: listed at the next start too, gone on with, discarded.
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { removeLeftovers } from '#main/leftovers';
import type { ImporterHost } from '#main/importer-host';
import { openLog } from '#main/log';
import { listStopped, whileGoingOn } from '#main/stopped-imports';
import { eventually, startApp, value } from './app';

const OPTIONS = { width: 8, height: 8, channels: 1 as const };

/** An import that was paused when it had begun. */
async function paused() {
  const app = startApp();
  const { ask, desktop, folders, root } = app;
  desktop.chosen = path.join(root, 'parts');
  const { token } = (await value(ask('chooseFolder')))!;
  const importing = ask('importFolder', token, OPTIONS);
  await eventually(() => readdirSync(folders.datasets, { recursive: true }).some((name) => String(name).endsWith('can-go-on'))).toBe(true);
  expect(await value(ask('listStoppedImports'))).toEqual([]);
  await value(ask('pauseImport'));
  expect(await importing).toMatchObject({ ok: false, failure: { kind: 'stopped', done: 1, total: 2 } });
  return { ...app, token };
}

test('a paused import is listed, survives a start, and goes on as it was to be made', async () => {
  const { ask, db, events, folders, root } = await paused();
  await removeLeftovers(folders, db);
  const stopped = await value(ask('listStoppedImports'));
  const told = { name: 'parts', parent: path.basename(root), done: 4, total: 10 };
  expect(stopped).toEqual([{ ...told, id: expect.any(String) as string, begunAt: expect.any(String) as string }]);
  expect(Date.now() - Date.parse(stopped[0].begunAt)).toBeLessThan(60_000);
  const dataset = await value(ask('resumeImport', stopped[0].id));
  expect(dataset).toMatchObject({ name: 'parts', ...OPTIONS });
  expect(events).toContainEqual({ kind: 'import-progress', progress: { stage: 'decode', done: 5, total: 10 } });
  expect(await value(ask('listStoppedImports'))).toEqual([]);
  expect(readdirSync(folders.datasets)).toEqual([dataset.id]);
});

test('paused before anything was stored, it is said that nothing can go on', async () => {
  const { ask, desktop, events, folders, root } = startApp();
  desktop.chosen = path.join(root, 'slow');
  const { token } = (await value(ask('chooseFolder')))!;
  const importing = ask('importFolder', token, OPTIONS);
  await eventually(() => events.length).toBeGreaterThan(0);
  await value(ask('pauseImport'));
  expect(await importing).toMatchObject({
    failure: { kind: 'stopped', done: 0 },
    sentence: 'Paused before anything was stored, so there is nothing to go on with. Import it again.',
  });
  expect(readdirSync(folders.datasets)).toEqual([]);
});

test('the same import started again goes on, another one is another', async () => {
  const { ask, events, folders, token } = await paused();
  const [{ id }] = await value(ask('listStoppedImports'));
  const before = events.length;
  const other = ask('importFolder', token, { ...OPTIONS, width: 16 });
  await eventually(() => events.length).toBeGreaterThan(before);
  expect(readdirSync(folders.datasets)).toHaveLength(2);
  await value(ask('cancelImport'));
  expect(await other).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  expect((await value(ask('importFolder', token, OPTIONS))).id).toBe(id);
  expect(readdirSync(folders.datasets)).toEqual([id]);
});

test('one that cannot go on at the moment stays', async () => {
  const { ask, desktop, events, root } = await paused();
  const stopped = await value(ask('listStoppedImports'));
  desktop.chosen = path.join(root, 'slow');
  const { token } = (await value(ask('chooseFolder')))!;
  const before = events.length;
  const other = ask('importFolder', token, OPTIONS);
  await eventually(() => events.length).toBeGreaterThan(before);
  expect(await ask('resumeImport', stopped[0].id)).toMatchObject({ ok: false, failure: { kind: 'bad-setting' } });
  await value(ask('cancelImport'));
  await other;
  expect(await value(ask('listStoppedImports'))).toEqual(stopped);
});

test('a discarded one is gone', async () => {
  const { ask, folders } = await paused();
  const [{ id }] = await value(ask('listStoppedImports'));
  await value(ask('discardImport', id));
  expect(readdirSync(folders.datasets)).toEqual([]);
  expect(await ask('resumeImport', id)).toMatchObject({ ok: false, failure: { kind: 'bad-setting' } });
});

test('while it is going on it is neither discarded nor gone on with a second time', async () => {
  const { ask, desktop, events, folders, root } = await paused();
  const [{ id }] = await value(ask('listStoppedImports'));
  desktop.chosen = path.join(root, 'slow');
  const { token } = (await value(ask('chooseFolder')))!;
  const before = events.length;
  const other = ask('importFolder', token, OPTIONS);
  await eventually(() => events.length).toBeGreaterThan(before);
  const going = readdirSync(folders.datasets).find((name) => name !== `importing-${id}`)!;
  const goingId = going.replace('importing-', '');
  const samples = path.join(folders.datasets, going, 'version', 'samples.bin');
  await eventually(() => existsSync(samples)).toBe(true);
  for (const question of ['discardImport', 'resumeImport'] as const)
    expect(await ask(question, goingId)).toMatchObject({ ok: false, failure: { kind: 'bad-setting' } });
  expect(existsSync(samples)).toBe(true);
  await value(ask('cancelImport'));
  expect(await other).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
});

test('one that begins to go on while it is looked at is left alone', async () => {
  const { ask, folders } = await paused();
  const [{ id }] = await value(ask('listStoppedImports'));
  const importing = path.join(folders.datasets, `importing-${id}`);
  let going: Promise<void> | undefined;
  let end: () => void = () => {};
  const goOn = () => (going = whileGoingOn(id, () => new Promise<void>((resolve) => (end = resolve))));
  const importer = { stoppedAt: async () => void goOn() } as Pick<ImporterHost, 'stoppedAt'> as ImporterHost;
  expect(await listStopped({ folders, importer, log: openLog(folders.logs) })).toEqual([]);
  expect(existsSync(importing)).toBe(true);
  end();
  await going;
  // Control: nobody goes on with it, and it is removed.
  importer.stoppedAt = async () => undefined;
  expect(await listStopped({ folders, importer, log: openLog(folders.logs) })).toEqual([]);
  expect(existsSync(importing)).toBe(false);
});

test('one that cannot be looked at hides no other', async () => {
  const { ask, folders } = await paused();
  const stopped = await value(ask('listStoppedImports'));
  const other = path.join(folders.datasets, 'importing-0');
  cpSync(path.join(folders.datasets, `importing-${stopped[0].id}`), other, { recursive: true });
  writeFileSync(path.join(other, 'version', 'kills'), '');
  expect(await value(ask('listStoppedImports'))).toEqual(stopped);
  expect(existsSync(other)).toBe(true);
});

test('what nothing can go on with hinders no import, and is removed when it is looked at', async () => {
  const { ask, folders } = startApp();
  const importing = path.join(folders.datasets, 'importing-x');
  mkdirSync(path.join(importing, 'version'), { recursive: true });
  writeFileSync(path.join(importing, 'import.json'), '{"folder": "/cut o');
  await value(ask('importSample', 'digits'));
  expect(await value(ask('listStoppedImports'))).toEqual([]);
  expect(existsSync(importing)).toBe(false);
});
