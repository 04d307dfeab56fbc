// The file itself: opened, moved on, refused, damaged, full, and shared by two processes.
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { FailureError, failureSentence } from '#shared/failure';
import { listBackups } from '#store/backups';
import { connect } from '#store/driver';
import { foldersIn } from '#store/location';
import { migrate } from '#store/migrate';
import { KNOWN_VERSION, MIGRATIONS } from '#store/migrations/index';
import { closeStore, openStore, setAside } from '#store/open';
import { recordRunEvent } from '#store/run-events';
import { listRuns } from '#store/runs';
import { getSetting, setSetting } from '#store/settings';
import { openTestStore, progress, startTestRun, step, temporaryFolder } from './samples';

function failureOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('Expected a failure.');
}

test('the package that runs is the one this Node can load', () => {
  const db = openTestStore();
  expect(db.driver).toBe(Number(process.versions.napi) >= 10 ? 'better-sqlite3' : 'libsql');
});

test('a new history has the newest format, a write-ahead log, foreign keys and patience', () => {
  const db = openTestStore();
  expect(db.pragma('user_version')).toBe(KNOWN_VERSION);
  expect(db.pragma('journal_mode')).toBe('wal');
  expect(db.pragma('foreign_keys')).toBe(1);
  expect(db.pragma('busy_timeout')).toBe(10_000);
  expect(() => db.run(`INSERT INTO steps (run, step, epoch, loss, accuracy, samples, seconds) VALUES (99, 1, 1, 0, 0, 1, 1)`)).toThrow(
    /FOREIGN KEY/,
  );
});

test('every table is STRICT', () => {
  const tables = openTestStore().all<{ name: string; strict: number }>(
    `SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`,
  );
  expect(tables.length).toBeGreaterThanOrEqual(6);
  expect(tables.filter((table) => table.strict !== 1)).toEqual([]);
});

test('what was written is there after closing', () => {
  const file = path.join(temporaryFolder(), 'deep', 'history.db');
  const first = openTestStore(file);
  startTestRun(first);
  closeStore(first);
  expect(listRuns(openTestStore(file))).toHaveLength(1);
});

test('settings are replaced, an unknown one is undefined', () => {
  const db = openTestStore();
  setSetting(db, 'theme', { dark: true });
  setSetting(db, 'theme', { dark: false });
  expect(getSetting(db, 'theme')).toEqual({ dark: false });
  expect(getSetting(db, 'nothing')).toBeUndefined();
});

test('a history of a newer app is refused and not touched', () => {
  const file = path.join(temporaryFolder(), 'history.db');
  const db = openTestStore(file);
  db.exec('PRAGMA user_version = 999');
  closeStore(db);
  const before = { bytes: readFileSync(file), time: statSync(file).mtimeMs };
  expect(failureOf(() => openStore(file))).toEqual({ kind: 'newer-database', path: file, found: 999, known: KNOWN_VERSION });
  expect(readFileSync(file).equals(before.bytes)).toBe(true);
  expect(statSync(file).mtimeMs).toBe(before.time);
});

test('a newer format that is still only in the log is refused too', () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'history.db');
  const db = openTestStore(file);
  db.exec('PRAGMA user_version = 999');
  // As a crash leaves it: the log is not yet written back.
  const crashed = path.join(folder, 'crashed.db');
  copyFileSync(file, crashed);
  copyFileSync(`${file}-wal`, `${crashed}-wal`);
  expect(readFileSync(crashed).readUInt32BE(60)).not.toBe(999);
  expect(failureOf(() => openStore(crashed))).toMatchObject({ kind: 'newer-database', found: 999 });
});

test('an older history is backed up before it is moved on, and a failed step changes nothing', () => {
  const file = path.join(temporaryFolder(), 'history.db');
  const db = openTestStore(file);
  startTestRun(db);
  const next = { version: KNOWN_VERSION + 1, sql: 'ALTER TABLE runs ADD COLUMN tag TEXT; CREATE TABLE runs (x INTEGER) STRICT;' };
  expect(() => migrate(db, [...MIGRATIONS, next])).toThrow(/already exists/);
  expect(db.pragma('user_version')).toBe(KNOWN_VERSION);
  expect(() => db.all('SELECT tag FROM runs')).toThrow(/no such column/);

  migrate(db, [...MIGRATIONS, { ...next, sql: 'ALTER TABLE runs ADD COLUMN tag TEXT;' }]);
  expect(db.pragma('user_version')).toBe(KNOWN_VERSION + 1);
  expect(db.all('SELECT id, tag FROM runs')).toEqual([{ id: 'run-1', tag: null }]);
  const { backups } = foldersIn(path.dirname(file));
  // One for each of the two tries.
  const made = listBackups(backups);
  expect(made.map(({ format, why }) => [format, why])).toEqual([
    [KNOWN_VERSION, 'update'],
    [KNOWN_VERSION, 'update'],
  ]);
  expect(readdirSync(backups).filter((name) => name.endsWith('.partial'))).toEqual([]);
  expect(listRuns(openTestStore(path.join(backups, made[0].name))).map((run) => run.id)).toEqual(['run-1']);
});

test('migrations are numbered one after another', () => {
  expect(MIGRATIONS.map((migration) => migration.version)).toEqual(MIGRATIONS.map((_, i) => i + 1));
});

test('a damaged file is named, kept, and makes room for a new one', () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'history.db');
  for (const damaged of ['not a database at all', 'SQLite format 3\0 but nothing more']) {
    writeFileSync(file, damaged);
    expect(failureOf(() => openStore(file))).toEqual({ kind: 'damaged-database', path: file });
    expect(readFileSync(file, 'utf8')).toBe(damaged);
    writeFileSync(`${file}.unwritten`, 'said of its runs');
    const aside = setAside(file);
    expect(readFileSync(aside, 'utf8')).toBe(damaged);
    expect(readFileSync(`${aside}.unwritten`, 'utf8')).toBe('said of its runs');
    expect([file, `${file}.unwritten`].filter((one) => existsSync(one))).toEqual([]);
  }
  expect(listRuns(openTestStore(file))).toEqual([]);
});

test('damage inside the file is a failure with a name, not a crash', () => {
  const file = path.join(temporaryFolder(), 'history.db');
  const db = openTestStore(file);
  const id = startTestRun(db);
  for (let i = 0; i < 400; i++) recordRunEvent(db, id, progress(step(i + 1)));
  closeStore(db);
  const handle = openSync(file, 'r+');
  const noise = Buffer.alloc(statSync(file).size - 100, 0xa5);
  writeSync(handle, noise, 0, noise.length, 100);
  closeSync(handle);
  expect(failureOf(() => listRuns(openStore(file)))).toEqual({ kind: 'damaged-database', path: file });
});

test('a file cut short is a failure with a name', () => {
  const file = path.join(temporaryFolder(), 'history.db');
  const db = openTestStore(file);
  startTestRun(db);
  closeStore(db);
  truncateSync(file, 4096);
  expect(failureOf(() => listRuns(openStore(file)))).toEqual({ kind: 'damaged-database', path: file });
});

test('an empty file is a new history', () => {
  const file = path.join(temporaryFolder(), 'history.db');
  writeFileSync(file, '');
  expect(listRuns(openTestStore(file))).toEqual([]);
});

test('an empty file beside data, models or runs is a damaged history: those would be in no list any more', () => {
  for (const beside of ['datasets', 'models', 'runs']) {
    const root = temporaryFolder();
    const file = path.join(root, 'history.db');
    writeFileSync(file, '');
    mkdirSync(path.join(root, beside, 'one'), { recursive: true });
    expect(failureOf(() => openStore(file))).toEqual({ kind: 'damaged-database', path: file });
    expect(statSync(file).size).toBe(0);
    rmdirSync(path.join(root, beside, 'one'));
    expect(listRuns(openTestStore(file))).toEqual([]);
  }
});

test('a history that another process has locked is a failure of its own, and is there again afterwards', () => {
  const file = path.join(temporaryFolder(), 'history.db');
  const [other, db] = [openTestStore(file), openTestStore(file)];
  db.exec('PRAGMA busy_timeout = 50');
  other.exec('BEGIN IMMEDIATE');
  const failure = failureOf(() => startTestRun(db));
  expect(failure).toEqual({ kind: 'database-busy', path: file });
  expect(failureSentence(failure)).toBe(
    `Another program is using the history in ${file}. Close that program, or wait until it is done, and try again.`,
  );
  expect(failureOf(() => setSetting(db, 'one', 1))).toEqual({ kind: 'database-busy', path: file });
  other.exec('ROLLBACK');
  startTestRun(db);
  expect(listRuns(db)).toHaveLength(1);
  setSetting(db, 'one', 2);
  expect(getSetting(db, 'one')).toBe(2);
});

test('a full disk is said in a sentence, and what was there stays', () => {
  const db = openTestStore();
  const id = startTestRun(db);
  db.exec(`PRAGMA max_page_count = ${Number(db.pragma('page_count')) + 4}`);
  let written = 0;
  const failure = failureOf(() => {
    for (; written < 10_000; written++) recordRunEvent(db, id, { kind: 'note', message: 'x'.repeat(1000) });
  });
  expect(failure).toEqual({ kind: 'disk-full', path: db.path });
  expect(db.get('SELECT count(*) AS n FROM run_events')).toEqual({ n: written });
  db.exec('PRAGMA max_page_count = 100000');
  recordRunEvent(db, id, { kind: 'note', message: 'There is room again.' });
  expect(db.pragma('integrity_check')).toBe('ok');
});

test('a folder where the file should be, or no permission, is a failure with the path', () => {
  const folder = temporaryFolder();
  expect(failureOf(() => openStore(folder))).toMatchObject({ kind: expect.stringMatching(/no-permission|unexpected/) as string });
  writeFileSync(path.join(folder, 'file'), '');
  expect(() => openStore(path.join(folder, 'file', 'history.db'))).toThrow(FailureError);
});

test('a transaction inside another is part of it', () => {
  const db = openTestStore();
  expect(() =>
    db.transaction(() => {
      startTestRun(db);
      db.transaction(() => setSetting(db, 'inner', 1));
      throw new Error('changed my mind');
    }),
  ).toThrow('changed my mind');
  expect(listRuns(db)).toEqual([]);
  expect(getSetting(db, 'inner')).toBeUndefined();
});

test('a parameter that is missing or of a kind SQLite has not is refused before it reaches the driver', () => {
  const db = openTestStore();
  expect(() => db.run('INSERT INTO settings VALUES (@name, @value)', { name: 'a' })).toThrow('@value is missing');
  expect(() => setSettingRaw(true)).toThrow('@value is a boolean');
  expect(() => setSettingRaw(new Uint8Array(2))).toThrow('@value is a object');
  function setSettingRaw(value: unknown) {
    db.run('INSERT INTO settings VALUES (@name, @value)', { name: 'a', value: value as string });
  }
});

test('two connections see each other and wait for each other', () => {
  const file = path.join(temporaryFolder(), 'history.db');
  const first = openTestStore(file);
  const second = openTestStore(file);
  const id = startTestRun(first);
  recordRunEvent(second, id, progress(step(1)));
  recordRunEvent(first, id, progress(step(2)));
  expect(second.get('SELECT count(*) AS n FROM steps')).toEqual({ n: 2 });
});

test('connect leaves an unknown file alone', () => {
  const file = path.join(temporaryFolder(), 'other.db');
  const db = connect(file);
  db.exec('CREATE TABLE t (x TEXT) STRICT');
  expect(db.get('SELECT count(*) AS n FROM t')).toEqual({ n: 0 });
  db.close();
});
