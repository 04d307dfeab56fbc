// What runs said while the history was locked stands there once and in its order, whatever ended the process or the disk had no room for.
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { EventJournal, type Said } from '#main/event-journal';
import { EventRecord } from '#main/event-record';
import { openHistory } from '#main/history';
import { openLog } from '#main/log';
import { writeSaid, writeUnwritten } from '#main/write-said';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { createRun, getRunRow, reopenRun } from '#store/runs';
import { eventually, temporaryFolder } from './app';
import { lock, lockBetween } from './other-program';

const BEGAN = Date.parse('2026-11-30T10:00:00Z');

function history() {
  const folders = foldersIn(temporaryFolder());
  const db = openStore(folders.database, { busyMilliseconds: 50 });
  onTestFinished(() => closeStore(db));
  const log = openLog(folders.logs);
  createRun(db, { id: 'run', spec: DEFAULT_SPEC, folder: 'runs/run', datasetName: 'digits' }, new Date(BEGAN));
  const messages = () => db.all<{ message: string }>('SELECT message FROM run_events ORDER BY key').map(({ message }) => message);
  return { db, folders, log, messages, journal: new EventJournal(folders.database), services: { db, dataFolder: folders.root, log } };
}

const note = (message: string, after: number): Said => ({ runId: 'run', event: { kind: 'note', message }, at: new Date(BEGAN + after) });

test('a line that cannot be read keeps neither the others nor the history from being opened', async () => {
  const { folders, journal, log, messages } = history();
  journal.keep([note('a', 1)]);
  appendFileSync(`${folders.database}.unwritten`, 'half of a li\n');
  journal.add(note('b', 2));
  const opened = await openHistory(folders.database, { log, ask: () => Promise.resolve(0) });
  onTestFinished(() => closeStore(opened!));
  expect(messages()).toEqual(['a', 'b']);
  expect(readFileSync(path.join(folders.logs, 'overbatch.log'), 'utf8').match(/\[history\] \w*Error/g)).toHaveLength(1);
});

test('what follows a line that could not be written begins a line of its own', () => {
  const { folders, journal } = history();
  mkdirSync(`${folders.database}.unwritten`);
  expect(() => journal.add(note('a', 1))).toThrow();
  rmdirSync(`${folders.database}.unwritten`);
  writeFileSync(`${folders.database}.unwritten`, 'half of a li');
  journal.add(note('b', 2));
  expect(journal.read()).toEqual([note('b', 2)]);
});

test('what was written before the process was ended is not written again', () => {
  const { journal, messages, services } = history();
  const all = [note('a', 1), note('b', 2), note('b', 3), note('c', 3)];
  writeSaid(services, all.slice(0, 2), () => true);
  journal.keep(all);
  writeUnwritten(services);
  expect(messages()).toEqual(['a', 'b', 'b', 'c']);
  expect(journal.read()).toEqual([]);
});

test('what was written in another language is not written again; what is said at once has times of its own', () => {
  const { db, journal, messages, services } = history();
  const record = new EventRecord({ ...services, note: () => {} });
  onTestFinished(() => record.leave());
  for (const message of ['a', 'b', 'c']) record.add('run', { kind: 'note', message });
  const written = db.all<{ at: string }>('SELECT at FROM run_events ORDER BY key').map(({ at }) => new Date(at));
  expect(new Set(written.map(Number)).size).toBe(3);
  journal.keep(['a', 'b', 'c'].map((message, i) => ({ ...note(message, 0), at: written[i] })));
  db.run(`UPDATE run_events SET message = 'auf Deutsch'`);
  writeUnwritten(services);
  expect(messages()).toEqual(['auf Deutsch', 'auf Deutsch', 'auf Deutsch']);
});

test('a run that went on since is not set back; one that the history does not know keeps none from being written', () => {
  const { db, journal, messages, services } = history();
  const paused: Said = { runId: 'run', event: { kind: 'paused', step: 3, seconds: 1 }, at: new Date(BEGAN + 1) };
  journal.keep([paused]);
  reopenRun(db, 'run', new Date(BEGAN + 60_000));
  writeUnwritten(services);
  expect(getRunRow(db, 'run')).toMatchObject({ state: 'running', paused: 0 });
  // The control: what it says now counts.
  journal.keep([{ ...note('a', 1), runId: 'gone' }, note('b', 60_001), { ...paused, at: new Date(BEGAN + 60_002) }]);
  writeUnwritten(services);
  expect(messages()).toEqual(['b', expect.stringMatching(/./)]);
  expect(getRunRow(db, 'run')).toMatchObject({ state: 'stopped', paused: 1 });
});

test('a full disk keeps what was said for the next start, whole', () => {
  const { db, journal, messages, services } = history();
  journal.keep([note('a', 1), note('x'.repeat(100_000), 2)]);
  db.exec(`PRAGMA max_page_count = ${Number(db.pragma('page_count')) + 4}`);
  expect(() => writeUnwritten(services)).toThrow(/full/);
  expect(messages()).toEqual([]);
  db.exec('PRAGMA max_page_count = 100000');
  writeUnwritten(services);
  expect(messages()).toEqual(['a', 'x'.repeat(100_000)]);
});

test('a model is known with its receipt, whatever comes between', () => {
  const { db, folders, services } = history();
  const record = new EventRecord({ ...services, note: () => {} });
  onTestFinished(() => record.leave());
  const folder = path.join(folders.runs, 'run');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'receipt.json'), '{"seed":2}');
  const free = lockBetween(db);
  record.add('run', { kind: 'saved', folder });
  record.leave();
  free();
  expect(getRunRow(db, 'run')).toMatchObject({ model_folder: 'runs/run', receipt: '{"seed":2}' });
});

test('after a long lock the window is answered between parts of what is written', async () => {
  const { folders, messages, services } = history();
  const record = new EventRecord({ ...services, note: () => {} });
  onTestFinished(() => record.leave());
  const free = lock(folders.database);
  const said = Array.from({ length: 450 }, (_, i) => `line ${i}`);
  for (const message of said) record.add('run', { kind: 'note', message });
  free();
  const seen = new Set<number>();
  const looking = setInterval(() => seen.add(messages().length), 0);
  await eventually(() => record.isWritten).toBe(true);
  clearInterval(looking);
  expect([...seen]).toEqual(expect.arrayContaining([0, 200, 400]));
  expect(messages()).toEqual(said);
  expect(existsSync(`${folders.database}.unwritten`)).toBe(false);
});
