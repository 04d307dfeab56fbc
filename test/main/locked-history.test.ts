// Another program locks the history: the window is answered, a run goes on, and afterwards everything stands in the history, also where the app has ended meanwhile.
import { existsSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { EventJournal } from '#main/event-journal';
import { EventRecord } from '#main/event-record';
import { openHistory } from '#main/history';
import type { RunEvent } from '#shared/run-event';
import { closeStore, openStore } from '#store/open';
import { createRun, getRunRow } from '#store/runs';
import { eventually, startApp, value } from './app';
import { lock } from './other-program';
import { RUNS } from './processes';

async function appWithData() {
  const app = startApp();
  const { id: datasetId } = await value(app.ask('importSample', 'digits'));
  const said = (kind: RunEvent['kind']) =>
    app.events.flatMap((each) => (each.kind === 'run' && each.event.kind === kind ? [each.event] : []));
  const heard = () => said('progress').flatMap((event) => (event.kind === 'progress' ? event.steps : []));
  const start = (spec = RUNS.untilStopped) => value(app.ask('startRun', datasetId, spec));
  const written = () => app.db.all<{ step: number }>('SELECT step FROM steps ORDER BY step').map(({ step }) => step);
  const journal = `${app.folders.database}.unwritten`;
  return { ...app, datasetId, heard, journal, said, start, written };
}

test('what a locked history does not take is written when it is free again, without a gap; a question waits for it, and nothing else does', async () => {
  const { ask, folders, heard, start, tell, training, written } = await appWithData();
  const runId = await start();
  await eventually(() => heard().length).toBeGreaterThan(2);

  const free = lock(folders.database);
  const from = heard().length;
  await eventually(() => heard().length).toBeGreaterThan(from + 10);
  // The control: it is locked indeed.
  expect(written().length).toBeLessThan(heard().length - 5);
  const renaming = ask('renameRun', runId, 'night');
  free();
  expect(await renaming).toMatchObject({ ok: true });

  await value(tell('stopRun'));
  await eventually(() => training.runId).toBeUndefined();
  expect(written()).toEqual(heard().map(({ step }) => step));
  expect(await value(ask('getRun', runId))).toMatchObject({ state: 'stopped', name: 'night' });
});

test('a run that ends meanwhile has ended when the history knows it, and the next one of the queue begins then', async () => {
  const { ask, datasetId, folders, heard, journal, processes, said, start, tell, training } = await appWithData();
  const runId = await start();
  await value(ask('queueRun', datasetId, RUNS.completes));
  await eventually(() => heard().length).toBeGreaterThan(1);
  const free = lock(folders.database);
  const stopping = tell('stopRun');
  await eventually(() => processes.alive).toBe(0);
  expect([training.runId, said('saved').length, said('finished')]).toEqual([runId, 1, []]);
  expect(existsSync(journal)).toBe(true);
  // It has stopped: who asked for that is not told to wait longer.
  expect(await value(stopping)).toBe(true);
  expect(training.runId).toBe(runId);
  free();
  await eventually(() => said('finished').length).toBe(2);
  expect(await value(ask('getRun', runId))).toMatchObject({ state: 'stopped', hasModel: true, receipt: { seed: 2 } });
  expect(existsSync(journal)).toBe(false);
});

test('where the app ends before it is free, the next start writes what was said', async () => {
  const { db, folders, heard, journal, log, processes, start, tell, training } = await appWithData();
  const runId = await start();
  await eventually(() => heard().length).toBeGreaterThan(1);
  const free = lock(folders.database);
  const stopping = tell('stopRun');
  await eventually(() => processes.alive).toBe(0);
  training.leave();
  await value(stopping);
  await eventually(() => training.runId).toBeUndefined();
  free();
  // The control: this history does not know it.
  expect(getRunRow(db, runId).state).toBe('running');
  const next = await openHistory(folders.database, { log, ask: () => Promise.resolve(0) });
  onTestFinished(() => closeStore(next!));
  expect(getRunRow(next!, runId)).toMatchObject({ state: 'stopped', receipt: expect.stringContaining('"seed":2') as string });
  expect(existsSync(journal)).toBe(false);
});

test('a lock that lasts is told, once, and what was said keeps its numbers in the journal', () => {
  const { db, folders, log } = startApp();
  createRun(db, { id: 'run', spec: RUNS.completes, folder: 'runs/run', datasetName: 'digits' });
  const notes: string[] = [];
  const record = new EventRecord({ db, dataFolder: folders.root, log, note: (_runId, message) => void notes.push(message) }, 0);
  onTestFinished(() => record.leave());
  const free = lock(folders.database);
  const event: RunEvent = {
    kind: 'recovered',
    step: 1,
    during: 'training',
    from: 8,
    micro: 4,
    neededBytes: NaN,
    availableBytes: Infinity,
    changesResult: false,
  };
  record.add('run', event);
  for (let tries = 0; tries < 2; tries++) expect(() => record.writeDown()).toThrow(/Another program is using the history/);
  expect(notes).toEqual([expect.stringMatching(/^The history of this run is written later: Another program is using/)]);
  expect(new EventJournal(folders.database).read()).toEqual([{ runId: 'run', event, at: expect.any(Date) as Date }]);
  // It can be closed all the same.
  closeStore(openStore(folders.database, { busyMilliseconds: 0 }));
  free();
  record.writeDown();
  expect(record.isWritten).toBe(true);
  expect(new EventJournal(folders.database).read()).toEqual([]);
});
