// A model taken away through the questions the window asks: where it goes, that it can be shown, and that nothing is left when it is cancelled.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { eventually, startApp, temporaryFolder, value } from './app';
import { RUNS } from './processes';

async function trained() {
  const app = startApp();
  const { id } = await value(app.ask('importSample', 'digits'));
  const runId = await value(app.ask('startRun', id, RUNS.completes));
  await eventually(() => app.training.runId).toBeUndefined();
  return { ...app, datasetId: id, runId, place: temporaryFolder() };
}

test('it goes where the person says, with the data its run had; shown in its folder', async () => {
  const { ask, desktop, runId, place, events } = await trained();
  desktop.saveAs = path.join(place, 'mine.html');
  const { token, name, proof } = (await value(ask('exportModel', runId, 'html')))!;
  expect({ name, proof }).toMatchObject({ name: 'mine.html', proof: { samples: { count: 32, from: 'held-out' } } });
  expect(events.filter(({ kind }) => kind === 'export-progress')).toHaveLength(1);
  await value(ask('showExport', token));
  // What the stand-in makes is a folder.
  expect(desktop.shown).toEqual([path.join(place, 'mine.html')]);
});

test('a closed dialog is an answer; a run without a model and a foreign name are refused', async () => {
  const { ask, runId } = await trained();
  expect(await value(ask('exportModel', runId, 'tfjs'))).toBeNull();
  expect(await ask('exportModel', 'gone', 'tfjs')).toMatchObject({ ok: false });
  expect(await ask('exportModel', runId, 'exe' as 'html')).toMatchObject({ sentence: expect.stringMatching(/^An export is one of/) });
  expect(await ask('showExport', '3e1c4f7a-2a57-4b1e-9a77-0d6c1f3b7a10')).toMatchObject({ ok: false });
});

test('where its data was deleted, it is made without', async () => {
  const { ask, desktop, runId, place, db } = await trained();
  db.run('UPDATE runs SET dataset_id = NULL WHERE id = @runId', { runId });
  desktop.saveAs = path.join(place, 'a');
  expect((await value(ask('exportModel', runId, 'tfjs')))!.proof).toMatchObject({ samples: { from: 'noise' } });
});

test('nothing goes into the folder where the app keeps its own data', async () => {
  const { ask, desktop, runId, folders } = await trained();
  desktop.saveAs = path.join(folders.root, 'mine.html');
  expect(await ask('exportModel', runId, 'html')).toMatchObject({ sentence: expect.stringMatching(/keeps its own data/) });
  expect(existsSync(desktop.saveAs)).toBe(false);
});

test('cancelled, it leaves nothing, and its process is gone; a second one waits its turn', async () => {
  const { ask, desktop, runId, place, events, processes } = await trained();
  await value(ask('renameRun', runId, 'a slow one'));
  desktop.saveAs = path.join(place, 'a');
  const made = ask('exportModel', runId, 'tfjs');
  await eventually(() => events.some(({ kind }) => kind === 'export-progress')).toBe(true);
  expect(existsSync(path.join(place, 'a.unfinished-export')), 'control').toBe(true);
  expect(await ask('exportModel', runId, 'html')).toMatchObject({ sentence: expect.stringMatching(/already being taken away/) });
  await value(ask('cancelExport'));
  expect(await made).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  await eventually(() => processes.alive).toBe(0);
  expect(readdirSync(place)).toEqual([]);
});

test('when the app quits, what an export was writing is gone before it has ended', async () => {
  const { ask, desktop, runId, place, events, trainer } = await trained();
  await value(ask('renameRun', runId, 'a slow one'));
  desktop.saveAs = path.join(place, 'a');
  const made = ask('exportModel', runId, 'tfjs');
  await eventually(() => events.some(({ kind }) => kind === 'export-progress')).toBe(true);
  expect([trainer.isExporting, readdirSync(place)], 'control').toEqual([true, ['a.unfinished-export']]);
  await trainer.endExport();
  expect([trainer.isExporting, readdirSync(place)]).toEqual([false, []]);
  expect(await made).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
});
