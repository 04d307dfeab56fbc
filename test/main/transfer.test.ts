// Runs that leave the app as a file and come into another, by the questions of the window. Files are made by the process's own functions.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { packRuns } from '#trainer/transfer/pack-runs';
import { unpackRuns } from '#trainer/transfer/unpack-runs';
import { createRun } from '#store/runs';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { trainedRun } from '#test/support/run-files';
import { eventually, startApp, value } from './app';
import { lock } from './other-program';

const ID = '0a0a0a0a-1111-4222-8333-444444444444';

function appThatPacks() {
  const app = startApp();
  Object.assign(app.trainer, { packRuns, unpackRuns });
  mkdirSync(app.folders.runs, { recursive: true });
  return app;
}

test('a run is exported where the person chooses and imported from a file that is chosen or dropped', async () => {
  const [here, there] = [appThatPacks(), appThatPacks()];
  trainedRun(here, ID);
  expect(await value(here.ask('exportRuns', [ID], true))).toBeNull();
  here.desktop.saveAs = path.join(here.root, 'mine.runs.zip');
  expect(await value(here.ask('exportRuns', [ID], true))).toMatchObject({ name: 'mine.runs.zip', runs: 1, models: 1 });
  expect(readdirSync(here.folders.runs)).toEqual([ID]);

  expect(await value(there.ask('importRuns'))).toBeNull();
  there.desktop.chosen = here.desktop.saveAs;
  expect(await value(there.ask('importRuns'))).toMatchObject([{ id: ID, outcome: 'imported' }]);
  expect(readdirSync(there.folders.runs)).toEqual([ID]);
  expect(await value(there.ask('listRuns'))).toMatchObject([{ id: ID, hasModel: true }]);
  const { token } = await value(there.ask('acceptDrop', here.desktop.saveAs));
  expect(await value(there.ask('importRuns', token))).toMatchObject([{ id: ID, outcome: 'here' }]);
});

test('a run that trains is not exported, and what is no file of runs leaves nothing behind', async () => {
  const app = appThatPacks();
  createRun(app.db, { id: 'training', spec: DEFAULT_SPEC, folder: 'runs/training', datasetName: 'digits' });
  app.desktop.saveAs = path.join(app.root, 'mine.runs.zip');
  expect(await app.ask('exportRuns', ['training'], true)).toMatchObject({
    ok: false,
    sentence: expect.stringMatching(/is training\. Export it when/),
  });
  expect(existsSync(app.desktop.saveAs)).toBe(false);
  writeFileSync(app.desktop.saveAs, 'something else');
  app.desktop.chosen = app.desktop.saveAs;
  expect(await app.ask('importRuns')).toMatchObject({
    ok: false,
    sentence: expect.stringMatching(/^mine\.runs\.zip cannot be imported: /),
  });
  expect(readdirSync(app.folders.runs)).toEqual([]);
});

test('an import of minutes is not thrown away for a program that holds the history for one', async () => {
  const [here, there] = [appThatPacks(), appThatPacks()];
  trainedRun(here, ID);
  there.desktop.chosen = here.desktop.saveAs = path.join(here.root, 'mine.runs.zip');
  await value(here.ask('exportRuns', [ID], true));
  // A minute goes by as soon as the file is read and the history is asked for.
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const free = lock(there.folders.database);
  const importing = there.ask('importRuns');
  await vi.waitUntil(() => readdirSync(there.folders.runs).length > 0);
  await wait(50);
  vi.advanceTimersByTime(60_000);
  await wait(150);
  free();
  expect(await value(importing)).toMatchObject([{ id: ID, outcome: 'imported' }]);
});

test('an export that is cancelled leaves nothing where it was written, nor does one at which the app ends; another waits its turn', async () => {
  const { ask, db, desktop, folders, processes, root, trainer } = startApp();
  mkdirSync(path.join(root, 'stick'));
  createRun(db, { id: 'r', spec: DEFAULT_SPEC, folder: 'runs/r', datasetName: 'digits' });
  db.run(`UPDATE runs SET state = 'stopped'`);
  desktop.saveAs = path.join(root, 'stick', 'slow.runs.zip');
  const there = () => readdirSync(path.join(root, 'stick'));
  for (const end of [() => value(ask('cancelRunExport')), () => trainer.endExport()]) {
    const made = ask('exportRuns', ['r'], false);
    // The control: it is being written.
    await eventually(there).toEqual(['slow.runs.zip.unfinished']);
    expect([trainer.isExporting, await ask('exportRuns', ['r'], false)]).toMatchObject([
      true,
      { sentence: expect.stringMatching(/^Runs are already being exported/) },
    ]);
    await end();
    expect(await made).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    expect([there(), readdirSync(folders.runs), trainer.isExporting]).toEqual([[], [], false]);
  }
  await eventually(() => processes.alive).toBe(0);
});
