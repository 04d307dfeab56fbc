// Tags, notes and pins: what a run is marked with, several at once, and a history of before there were any.
import path from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '#store/driver';
import { migrate } from '#store/migrate';
import { MIGRATIONS } from '#store/migrations/index';
import { getRun } from '#store/run-detail';
import { markRuns } from '#store/run-marks';
import { listRuns } from '#store/runs';
import { openTestStore, startTestRun, temporaryFolder } from './samples';

const BEFORE_MARKS = 8;

test('runs are marked together, each keeps what it had, and a mark that is taken back is gone', () => {
  const db = openTestStore();
  startTestRun(db, 'a');
  startTestRun(db, 'b');
  markRuns(db, ['a'], { note: 'Too high a rate?', addTags: ['paper'] });
  markRuns(db, ['a', 'b', 'gone'], { pinned: true, addTags: ['baseline', 'paper'] });
  expect(getRun(db, 'a')).toMatchObject({ tags: ['baseline', 'paper'], note: 'Too high a rate?', pinned: true });
  expect(listRuns(db).find(({ id }) => id === 'b')).toMatchObject({ tags: ['baseline', 'paper'], pinned: true });
  expect(getRun(db, 'b')).not.toHaveProperty('note');
  markRuns(db, ['a'], { pinned: false, note: '', removeTags: ['paper', 'unknown'] });
  const run = getRun(db, 'a');
  expect(run.tags).toEqual(['baseline']);
  expect([run.note, run.pinned]).toEqual([undefined, undefined]);
});

test('a run has no more tags than a file of runs may give it', () => {
  const db = openTestStore();
  startTestRun(db, 'a');
  const tags = Array.from({ length: 60 }, (_, i) => `t${i}`);
  markRuns(db, ['a'], { addTags: tags });
  expect(() => markRuns(db, ['a'], { addTags: tags.map((tag) => `${tag}x`) })).toThrow(/more than 100 tags/);
  expect(getRun(db, 'a').tags).toHaveLength(60);
});

test('in an older history no run is marked, and each can be', () => {
  const file = path.join(temporaryFolder(), 'history.db');
  const old = connect(file);
  migrate(old, MIGRATIONS.slice(0, BEFORE_MARKS));
  old.exec(`
    INSERT INTO runs (id, name, state, spec, dataset_name, folder, owner_pid, started_at, session_at)
      VALUES ('r', 'first run', 'completed', '{}', 'Birds', 'runs/r', 1, '2026-01-01', '2026-01-01');`);
  old.close();
  const db = openTestStore(file);
  expect(db.all('SELECT tags, note, pinned, weights_deleted_at FROM runs')).toEqual([
    { tags: '[]', note: '', pinned: 0, weights_deleted_at: null },
  ]);
  markRuns(db, ['r'], { addTags: ['old'] });
  expect(db.get('SELECT tags FROM runs')).toEqual({ tags: '["old"]' });
  // The column is a list, whoever writes into it.
  expect(() => db.run(`UPDATE runs SET tags = 'old'`)).toThrow(/CHECK/);
});
