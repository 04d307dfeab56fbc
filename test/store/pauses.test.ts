// How long a run lay still is known from what it said.
import { expect, test } from 'vitest';
import { recordRunEvent } from '#store/run-events';
import { getRun } from '#store/run-detail';
import { finished, openTestStore, started, startTestRun } from './samples';

test('each pause, and an early end that was none, till it was taken up again', () => {
  const db = openTestStore();
  const id = startTestRun(db);
  const at = (second: number) => new Date(Date.UTC(2026, 10, 30, 12, 0, second));
  recordRunEvent(db, id, started, at(0));
  expect(getRun(db, id).pauses).toBeUndefined();
  recordRunEvent(db, id, { kind: 'paused', step: 3, seconds: 1 }, at(10));
  // Lying still now, it has no pause behind it.
  expect(getRun(db, id).pauses).toBeUndefined();
  recordRunEvent(db, id, { ...started, resumedAt: 3 }, at(25));
  recordRunEvent(db, id, finished('stopped', 2), at(30));
  recordRunEvent(db, id, { ...started, resumedAt: 5 }, at(33));
  recordRunEvent(db, id, finished('completed', 3), at(40));
  expect(getRun(db, id).pauses).toEqual({ count: 2, seconds: 18 });
  // A process that died and was started again was no pause.
  recordRunEvent(db, id, { ...started, resumedAt: 5 }, at(41));
  recordRunEvent(db, id, { ...started, resumedAt: 6 }, at(50));
  expect(getRun(db, id).pauses).toEqual({ count: 3, seconds: 19 });
});

test('a process that was gone without a word is no pause, but an interruption: how long is not known', () => {
  const db = openTestStore();
  const id = startTestRun(db);
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 30, 12, minute));
  recordRunEvent(db, id, started, at(0));
  recordRunEvent(db, id, { kind: 'paused', step: 3, seconds: 1 }, at(1));
  recordRunEvent(db, id, { ...started, resumedAt: 3 }, at(2));
  // The control: a pause is none.
  expect(getRun(db, id)).toMatchObject({ pauses: { count: 1, seconds: 60 }, interruptions: undefined });
  recordRunEvent(db, id, { kind: 'checkpoint', step: 5, folder: '/c' }, at(3));
  recordRunEvent(db, id, { ...started, resumedAt: 5 }, at(50));
  recordRunEvent(db, id, finished('completed', 3), at(55));
  expect(getRun(db, id)).toMatchObject({ pauses: { count: 1, seconds: 60 }, interruptions: 1 });
});
