// The file of settings: kept whole, with what this Overbatch does not know; a damaged one is set aside and said.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_PREFERENCES } from '#shared/preferences';
import { openLog } from '#main/log';
import { KeptPreferences } from '#main/preferences';
import { startApp, temporaryFolder, value } from './app';

const opened = (folder: string) => new KeptPreferences(folder, openLog(path.join(folder, 'logs')));
const fileIn = (folder: string) => path.join(folder, 'settings.json');

test('a change is on the disk at once, told, and there at the next start', async () => {
  const { ask, events, folders } = startApp();
  expect(await value(ask('getPreferences'))).toEqual(DEFAULT_PREFERENCES);
  expect(existsSync(fileIn(folders.root))).toBe(false);
  const now = await value(ask('changePreferences', { appearance: 'dark', leaveRoomBytes: 2e9 }));
  expect(now).toEqual({ ...DEFAULT_PREFERENCES, appearance: 'dark', leaveRoomBytes: 2e9 });
  expect(events).toContainEqual({ kind: 'preferences', preferences: now });
  expect(opened(folders.root).now).toEqual(now);
  // Nothing of the writing is left beside it.
  expect(readdirSync(folders.root).filter((name) => name.includes('settings'))).toEqual(['settings.json']);
});

test('what a newer Overbatch wrote stays in the file', () => {
  const folder = temporaryFolder();
  writeFileSync(fileIn(folder), JSON.stringify({ language: 'fr', zoom: 1.5, keepAwake: false }));
  const kept = opened(folder);
  expect(kept.now).toEqual({ ...DEFAULT_PREFERENCES, keepAwake: false });
  kept.change({ keepAwake: true });
  expect(JSON.parse(readFileSync(fileIn(folder), 'utf8'))).toEqual({ language: 'fr', zoom: 1.5, keepAwake: true });
});

test.each(['{ "appearance": "da', '[]', 'null'])('a damaged file (%s) is set aside, said, and a new one begun', (text) => {
  const folder = temporaryFolder();
  writeFileSync(fileIn(folder), text);
  const kept = opened(folder);
  expect(kept.now).toEqual(DEFAULT_PREFERENCES);
  expect(kept.problem).toMatch(
    /^Your settings could not be read, so the usual ones hold\. The damaged file was kept as .*settings\.json\.damaged-/,
  );
  const [aside] = readdirSync(folder).filter((name) => name.includes('damaged'));
  expect(readFileSync(path.join(folder, aside), 'utf8')).toBe(text);
  kept.change({ appearance: 'light' });
  expect(opened(folder)).toMatchObject({ problem: undefined, now: { appearance: 'light' } });
});

test('what cannot be kept does not hold, and is said in a sentence', () => {
  const folder = path.join(temporaryFolder(), 'app');
  mkdirSync(folder);
  const kept = opened(folder);
  const heard: unknown[] = [];
  kept.onChange((now) => heard.push(now));
  // Root may write everywhere, but not a file in the place of a folder.
  mkdirSync(fileIn(folder));
  expect(() => kept.change({ appearance: 'dark' })).toThrow();
  expect([kept.now, heard]).toEqual([DEFAULT_PREFERENCES, []]);
});

test('what Settings shows of the app: requests refused since the start, and whether notifications can be shown', async () => {
  const { ask, desktop, guard } = startApp();
  guard.refused = 2;
  expect(await value(ask('getAppFacts'))).toEqual({ refusedRequests: 2, countedSince: guard.since, canNotify: true, hasTray: false });
  await value(ask('testNotification'));
  expect(desktop.notified).toEqual(['This is how Overbatch tells you that a run has ended.']);
  desktop.canNotify = false;
  expect(await ask('testNotification')).toMatchObject({
    ok: false,
    sentence: 'This desktop shows no notifications. What happens is told in the window.',
  });
});
