// The history read while another process writes it: what was committed is seen, nothing can be changed, and what cannot be read is said.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openToRead } from '#store/open-to-read';
import { listRuns, renameRun } from '#store/runs';
import { openTestStore, startTestRun, temporaryFolder } from './samples';

test('sees what the app writes meanwhile, and cannot write itself', () => {
  const file = path.join(temporaryFolder(), 'history.db');
  const app = openTestStore(file);
  startTestRun(app, 'one');
  const db = openToRead(file);
  try {
    expect(listRuns(db).map(({ id }) => id)).toEqual(['one']);
    // While the app holds the write lock (control: it does, and nobody waits for it).
    app.transaction(() => {
      startTestRun(app, 'two');
      expect(listRuns(db)).toHaveLength(1);
    });
    expect(listRuns(db)).toHaveLength(2);
    expect(() => renameRun(db, 'one', 'other')).toThrow();
    expect(listRuns(app).map(({ name }) => name)).not.toContain('other');
  } finally {
    db.close();
  }
});

test('what a killed app had committed is read from its log', () => {
  const [file, left] = [path.join(temporaryFolder(), 'history.db'), path.join(temporaryFolder(), 'history.db')];
  startTestRun(openTestStore(file), 'one');
  for (const suffix of ['', '-wal']) copyFileSync(file + suffix, left + suffix);
  const db = openToRead(left);
  expect(listRuns(db).map(({ id }) => id)).toEqual(['one']);
  db.close();
});

test('a history that is not there, older or damaged is said, and left as it is', () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'history.db');
  expect(() => openToRead(file)).toThrow(/There is no history yet/);
  openTestStore(file).exec('PRAGMA user_version = 1');
  expect(() => openToRead(file)).toThrow(/older Overbatch/);
  const damaged = path.join(folder, 'damaged.db');
  writeFileSync(damaged, 'no database, but longer than its header would be '.repeat(4));
  const before = readFileSync(damaged);
  expect(() => openToRead(damaged)).toThrow(/damaged/);
  expect(readFileSync(damaged)).toEqual(before);
});
