// Diagnostics hold what helps and none of what is the person's; backups are made and ordered by the window's questions, by the real process.
import { fork as forkNode } from 'node:child_process';
import type { Serializable } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Child } from '#shared/child';
import { MOST_PREVIEW_LETTERS } from '#shared/diagnostics';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { addDataset } from '#store/datasets';
import { obeyOrder } from '#store/restore-order';
import { createRun } from '#store/runs';
import { setSetting } from '#store/settings';
import { buildProgram } from '#test/support/build-program';
import { manifest } from '../store/sample-values';
import { startApp, temporaryFolder, value } from './app';

let program: string;
beforeAll(async () => {
  program = await buildProgram('src/store/process.ts', 'keeper');
}, 60_000);

const keeperFork = <Command, Message>(): Child<Command, Message> => {
  const child = forkNode(program, { serialization: 'advanced' });
  onTestFinished(() => void child.kill());
  return {
    post: (command) => void child.send(command as Serializable),
    onMessage: (listener) => void child.on('message', (message) => listener(message as Message)),
    onExit: (listener) => void child.on('exit', (code, signal) => listener({ code, signal: signal ?? undefined })),
    kill: () => void child.kill(),
  };
};

const SECRETS = {
  home: homedir(),
  user: `${userInfo().username}@`,
  computer: hostname(),
  picture: 'bird of Anna.png',
  class: 'Zaunkönig',
  run: 'for the paper',
  tag: 'unpublished',
  folder: '/media/usb stick/thesis',
};

function troubled() {
  const app = startApp(temporaryFolder(), { keeperFork });
  addDataset(app.db, {
    id: 'd',
    manifest: { ...manifest, name: 'thesis data', labels: [SECRETS.class, 'x'] },
    folder: 'datasets/d',
    bytesOnDisk: 1,
  });
  createRun(app.db, {
    id: 'run-1',
    spec: DEFAULT_SPEC,
    folder: 'runs/run-1',
    datasetId: 'd',
    datasetName: 'thesis data',
    name: SECRETS.run,
  });
  setSetting(app.db, 'last-folder', `${SECRETS.folder}/${SECRETS.picture}`);
  app.log.write(
    'importer',
    `cannot read ${SECRETS.folder}/${SECRETS.picture}: class ${SECRETS.class} of ${SECRETS.user}${SECRETS.computer}`,
  );
  app.log.error('main', new Error(`in ${SECRETS.home}/x of ${SECRETS.run}`));
  mkdirSync(path.join(app.folders.datasets, SECRETS.class), { recursive: true });
  writeFileSync(path.join(app.folders.datasets, SECRETS.class, SECRETS.picture), 'pixels');
  app.crashes.note('training', 'it crashed, signal 11');
  return app;
}

test('the zip holds what was shown and ticked, and no planted secret in it', async () => {
  const app = troubled();
  const { entries, namesUnknown } = await value(app.ask('collectDiagnostics'));
  expect(namesUnknown).toBeUndefined();
  expect(entries.map(({ name }) => name)).toEqual([
    'versions.json',
    'machine.json',
    'engines.json',
    'settings.json',
    'history.json',
    expect.stringMatching(/^crashes\/.*-training\.json$/),
    'logs/overbatch.log',
  ]);
  const ticked = entries.map(({ name }) => name).filter((name) => name !== 'machine.json');
  expect(await value(app.ask('saveDiagnostics', ticked))).toBeNull();
  app.desktop.saveAs = path.join(app.root, 'diagnostics.zip');
  expect(await value(app.ask('saveDiagnostics', ticked))).toBe('diagnostics.zip');

  const zip = unzipSync(readFileSync(app.desktop.saveAs));
  expect(Object.keys(zip)).toEqual(ticked);
  const texts = Object.fromEntries(Object.entries(zip).map(([name, bytes]) => [name, strFromU8(bytes)]));
  const all = JSON.stringify(texts).toLowerCase();
  for (const secret of [...Object.values(SECRETS), 'thesis', 'Anna']) {
    expect.soft([secret, all.includes(secret.toLowerCase())]).toEqual([secret, false]);
  }
  // The control: they were there to be found.
  expect(readFileSync(path.join(app.folders.logs, 'overbatch.log'), 'utf8')).toContain(SECRETS.class);
  for (const { name, preview } of entries.filter(({ name }) => ticked.includes(name))) expect(texts[name]).toBe(preview);
  expect(JSON.parse(texts['history.json'])).toMatchObject({
    integrity: 'ok',
    rows: { datasets: 1, runs: 1 },
    folders: { datasets: { folders: 1, files: 1, bytes: 6 } },
  });
  expect(JSON.parse(texts['settings.json'])).toMatchObject({ preferences: { appearance: 'system' }, kept: { 'last-folder': '<path>' } });
  expect(texts['logs/overbatch.log']).toContain('<Overbatch>/test/main/trouble.test.ts:');
  expect((await app.ask('saveDiagnostics', ['../x'])).ok).toBe(false);
});

test('of a log that is too long to be shown the end is, and no more is saved', async () => {
  const app = troubled();
  writeFileSync(path.join(app.folders.logs, 'overbatch.log.1'), `the first line\n${'a later line\n'.repeat(10_000)}`);
  const { entries } = await value(app.ask('collectDiagnostics'));
  const log = entries.find(({ name }) => name === 'logs/overbatch.log.1')!;
  expect([log.isCut, log.bytes, log.preview.length]).toEqual([true, MOST_PREVIEW_LETTERS, MOST_PREVIEW_LETTERS]);
  app.desktop.saveAs = path.join(app.root, 'diagnostics.zip');
  await value(app.ask('saveDiagnostics', [log.name]));
  expect(strFromU8(unzipSync(readFileSync(app.desktop.saveAs))[log.name])).toBe(log.preview);
});

test('where the history cannot be read, the rest is collected, and that a log may hold names is told', async () => {
  const app = troubled();
  renameSync(app.folders.database, `${app.folders.database}.away`);
  writeFileSync(app.folders.database, 'damaged');
  const { entries, namesUnknown } = await value(app.ask('collectDiagnostics'));
  expect(namesUnknown).toBe(true);
  expect(entries.find(({ name }) => name === 'history.json')?.preview).toMatch(/is damaged/);
});

test('a backup is made, looked at and ordered for the next start', async () => {
  const app = troubled();
  const backup = await value(app.ask('backUpNow'));
  createRun(app.db, { id: 'run-2', spec: DEFAULT_SPEC, folder: 'runs/run-2', datasetName: 'd', name: 'newer' });
  expect(await value(app.ask('listBackups'))).toEqual([backup]);
  expect(await value(app.ask('lookAtBackup', backup.name))).toEqual({
    runs: 1,
    datasets: 1,
    lost: { runs: 1, datasets: 0, names: ['newer'] },
  });
  // A run is begun as one that trains: its end would be written into the history that is set aside.
  expect(await app.ask('restoreBackup', backup.name)).toMatchObject({
    sentence: 'A run of the command line is training. Wait until it ends.',
  });
  app.db.run(`UPDATE runs SET state = 'completed'`);
  await value(app.ask('restoreBackup', backup.name));
  expect(app.restarts).toEqual(['normal']);
  expect(existsSync(path.join(app.folders.root, 'restore.json'))).toBe(true);
  // The app still has it open.
  expect(() => obeyOrder(app.folders.root, { patienceMs: 20 })).toThrow(/Another program/);

  writeFileSync(path.join(app.folders.backups, backup.name), 'damaged');
  const refused = await app.ask('restoreBackup', backup.name);
  expect(refused).toMatchObject({ ok: false, sentence: 'This backup is damaged and was not restored. Choose another one.' });
  expect([app.restarts.length, existsSync(path.join(app.folders.root, 'restore.json'))]).toEqual([1, false]);
});

test('in safe mode no engine is installed', async () => {
  const { ask } = startApp(temporaryFolder(), { safe: 'asked' });
  expect(await ask('installEngine', 'cpu')).toMatchObject({ ok: false, sentence: expect.stringContaining('Safe mode') as string });
  expect(await value(ask('getTrouble'))).toEqual({ safe: 'asked', crashes: [] });
});
