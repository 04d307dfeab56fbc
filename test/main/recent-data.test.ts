// Open Recent: what was checked as data last, kept over a restart, never told to the window; what cannot be read is none.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { RecentData, recentLabels } from '#main/recent-data';
import { setSetting } from '#store/settings';
import { tinyImageFolder } from '#test/support/pictures';
import { startApp, temporaryFolder, value } from './app';

test('the newest first, each once, ten at most; kept, cleared, and told to the system', () => {
  const { db } = startApp();
  const told: string[] = [];
  const recent = new RecentData(db, { add: (file) => told.push(file), clear: () => told.push('cleared') });
  let changes = 0;
  recent.onChange(() => changes++);
  for (let i = 0; i < 12; i++) recent.add(`/data/${i}`);
  recent.add('/data/5');
  expect(recent.all).toEqual(['/data/5', ...[11, 10, 9, 8, 7, 6, 4, 3, 2].map((i) => `/data/${i}`)]);
  expect(new RecentData(db).all).toEqual(recent.all);
  recent.clear();
  expect([recent.all, new RecentData(db).all, changes, told.at(-1)]).toEqual([[], [], 14, 'cleared']);
  for (const broken of ['/data', [1], [''], { '0': '/data' }]) {
    setSetting(db, 'recent-data', broken);
    expect(new RecentData(db).all).toEqual([]);
  }
});

test('what is checked is remembered, what cannot be checked is not', async () => {
  const app = startApp();
  const folder = tinyImageFolder(['cat', 'dog'], 3, temporaryFolder());
  await value(app.ask('checkFolder', (await value(app.ask('acceptDrop', folder))).token));
  expect(app.recent.all).toEqual([folder]);
  expect(JSON.stringify(app.events)).not.toContain(folder);
  const gone = temporaryFolder();
  const { token } = await value(app.ask('acceptDrop', gone));
  execFileSync('rm', ['-r', gone]);
  await app.ask('checkFolder', token);
  expect(app.recent.all.includes(gone)).toBe((await app.ask('checkFolder', token)).ok);
});

test('a history that does not take it costs no report', async () => {
  const app = startApp();
  const folder = tinyImageFolder(['cat', 'dog'], 3, temporaryFolder());
  const { token } = await value(app.ask('acceptDrop', folder));
  app.db.exec("CREATE TRIGGER full BEFORE INSERT ON settings BEGIN SELECT RAISE(ABORT, 'full'); END");
  expect((await app.ask('checkFolder', token)).ok).toBe(true);
  await expect.poll(() => readFileSync(path.join(app.folders.logs, 'overbatch.log'), 'utf8')).toMatch(/\[recent-data\].*full/);
});

test('two of one name are told with where they lie', () => {
  expect(recentLabels(['/a/birds', '/b/birds', '/b/cats.zip', '/'])).toEqual([
    `birds (${path.dirname('/a/birds')})`,
    `birds (${path.dirname('/b/birds')})`,
    'cats.zip',
    '/',
  ]);
});
