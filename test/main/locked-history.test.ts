// Another program locks the history while a run trains: the run goes on, that is said, and afterwards every step stands in the history.
import { expect, test } from 'vitest';
import { openStore, closeStore } from '#store/open';
import { eventually, startApp, value } from './app';
import { RUNS } from './processes';

test('what a locked history does not take is written when it is free again, without a gap; a question is answered in a sentence', async () => {
  const { ask, db, events, folders, training, tell } = startApp();
  const { id } = await value(ask('importSample', 'digits'));
  const heard = () => events.flatMap((event) => (event.kind === 'run' && event.event.kind === 'progress' ? event.event.steps : []));
  const written = () => db.all<{ step: number }>('SELECT step FROM steps ORDER BY step').map(({ step }) => step);
  const runId = await value(ask('startRun', id, RUNS.untilStopped));
  await eventually(() => heard().length).toBeGreaterThan(2);

  const other = openStore(folders.database);
  db.exec('PRAGMA busy_timeout = 20');
  other.exec('BEGIN IMMEDIATE');
  const from = heard().length;
  await eventually(() => heard().length).toBeGreaterThan(from + 10);
  // The control: it is locked indeed.
  expect(written().length).toBeLessThan(heard().length - 5);
  const sentence = expect.stringMatching(/^Another program is using the history in .*, and try again\.$/) as string;
  expect(await ask('renameRun', runId, 'night')).toMatchObject({ ok: false, failure: { kind: 'database-busy' }, sentence });
  other.exec('ROLLBACK');
  closeStore(other);

  await value(tell('stopRun'));
  await eventually(() => training.runId).toBeUndefined();
  expect(written()).toEqual(heard().map(({ step }) => step));
  expect((await value(ask('getRun', runId))).state).toBe('stopped');
  const notes = events.flatMap((event) => (event.kind === 'run' && event.event.kind === 'note' ? [event.event.message] : []));
  expect(notes).toEqual([expect.stringMatching(/^The history of this run is written later: Another program is using/)]);
});
