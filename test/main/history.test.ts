// A history that cannot be used at start: said in a sentence, with what helps as an answer; whoever quits finds everything as it was.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openHistory } from '#main/history';
import { openLog } from '#main/log';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { backUp } from '#store/backups';
import { foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { createRun, listRuns } from '#store/runs';
import { temporaryFolder } from './app';

/** Answers as told, one after another, and notes what was asked. */
function person(root: string, ...answers: (() => number)[]) {
  const asked: { message: string; answers: string[] }[] = [];
  return {
    asked,
    log: openLog(path.join(root, 'logs')),
    ask(message: string, offered: string[]) {
      asked.push({ message, answers: offered });
      return Promise.resolve(answers.shift()!());
    },
  };
}

async function historyIn(file: string, asking: ReturnType<typeof person>) {
  const db = await openHistory(file, asking);
  if (db) onTestFinished(() => closeStore(db));
  return db;
}

test('emptied beside data it is asked about; quitting touches nothing, a new one leaves the old one beside it', async () => {
  const root = temporaryFolder();
  const file = path.join(root, 'overbatch.db');
  mkdirSync(path.join(root, 'runs', 'one'), { recursive: true });
  writeFileSync(file, '');

  const quits = person(root, () => 1);
  expect(await historyIn(file, quits)).toBeUndefined();
  expect(quits.asked).toMatchObject([{ message: expect.stringMatching(/is damaged/) as string, answers: ['Begin a New History', 'Quit'] }]);
  expect(statSync(file).size).toBe(0);

  const db = await historyIn(
    file,
    person(root, () => 0),
  );
  expect(listRuns(db!)).toEqual([]);
  expect(readdirSync(root).filter((name) => name.startsWith('overbatch.db.damaged-'))).toHaveLength(1);
});

test('one that cannot be opened is tried again as often as the person likes, and one of a newer app is not', async () => {
  const root = temporaryFolder();
  const file = path.join(root, 'folder', 'overbatch.db');
  writeFileSync(path.join(root, 'folder'), '');
  const tries = person(
    root,
    () => 0,
    () => 1,
  );
  expect(await historyIn(file, tries)).toBeUndefined();
  expect(tries.asked.map(({ answers }) => answers)).toEqual([
    ['Try Again', 'Quit'],
    ['Try Again', 'Quit'],
  ]);

  const newer = path.join(root, 'newer.db');
  const db = openStore(newer);
  db.exec('PRAGMA user_version = 999');
  closeStore(db);
  const told = person(root, () => 0);
  expect(await historyIn(newer, told)).toBeUndefined();
  expect(told.asked.map(({ answers }) => answers)).toEqual([['Quit']]);
});

test('a history that can be used asks nothing', async () => {
  const root = temporaryFolder();
  const asking = person(root);
  expect(await historyIn(path.join(root, 'overbatch.db'), asking)).toBeDefined();
  expect(asking.asked).toEqual([]);
});

test('one that is damaged beside a whole backup can be restored; a damaged backup is passed over, and the damaged history is kept', async () => {
  const folders = foldersIn(temporaryFolder());
  const db = openStore(folders.database);
  createRun(db, { id: 'run-1', spec: DEFAULT_SPEC, folder: 'runs/run-1', datasetName: 'digits' });
  const { name } = backUp(db, folders.backups, 'daily', new Date('2026-11-29T12:00:00Z'));
  const newer = backUp(db, folders.backups, 'daily');
  closeStore(db);
  writeFileSync(path.join(folders.backups, newer.name), 'damaged too');
  writeFileSync(folders.database, 'damaged');

  const asking = person(folders.root, () => 0);
  const restored = await historyIn(folders.database, asking);
  expect(listRuns(restored!).map(({ id }) => id)).toEqual(['run-1']);
  expect(asking.asked).toMatchObject([
    {
      message: expect.stringContaining('There is a whole backup of 29 Nov 2026') as string,
      answers: ['Restore the Backup', 'Begin a New History', 'Quit'],
    },
  ]);
  const aside = readdirSync(folders.root).filter((one) => /^overbatch\.db\.damaged-[^Z]*Z$/.test(one));
  expect(aside.map((one) => readFileSync(path.join(folders.root, one), 'utf8'))).toEqual(['damaged']);
  expect(asking.log.last(5).join('\n')).toContain(`The backup ${name} was restored`);
});
