// Before anything is opened: the folder of the data is found, or asked for, and nothing is made in the place of one that is not there.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findData } from '#main/data-place';
import { openLog } from '#main/log';
import { readPointer, writePointer } from '#store/data-pointer';
import { dataFolder } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { temporaryFolder } from './app';

function start({ answers = [] as number[], chosen = [] as string[] } = {}) {
  const root = temporaryFolder();
  const user = path.join(root, 'user');
  mkdirSync(user);
  const asked: string[] = [];
  const services = {
    log: openLog(path.join(user, 'logs')),
    ask: (message: string) => Promise.resolve((asked.push(message), answers.shift() ?? 3)),
    choose: () => Promise.resolve(chosen.shift()),
  };
  return { asked, far: path.join(root, 'far'), find: () => findData(user, services), root, user };
}

const withData = (folder: string): string => {
  closeStore(openStore(path.join(folder, 'overbatch.db')));
  return folder;
};

test('it is the user folder until something else is said, and then that, for the app and the command line', async () => {
  const { asked, far, find, user } = start();
  expect(await find()).toEqual({ root: user });
  withData(far);
  writePointer(user, { folder: far, before: user });
  expect(await find()).toEqual({ root: far });
  expect(dataFolder({ OVERBATCH_DATA: user })).toBe(far);
  expect(asked).toEqual([]);
  // Back in its usual place nothing is left to remember.
  writePointer(user, { folder: user });
  expect(existsSync(path.join(user, 'data-folder.json'))).toBe(false);
});

test('an empty folder in the place of a disk is none: it is asked, tried again, and nothing is made there', async () => {
  const { asked, far, find, user } = start({ answers: [0, 2] });
  writePointer(user, { folder: far });
  mkdirSync(far);
  expect(await find()).toEqual({ root: user, missing: far });
  expect(asked).toHaveLength(2);
  expect(asked[0]).toContain(`Your data lies in ${far}, and that is not there. Is its disk connected?`);
  expect(readPointer(user)).toEqual({ folder: far });
  expect(() => dataFolder({ OVERBATCH_DATA: user })).toThrow(/^The folder that holds your data, .*far, is not there\. Connect the disk/);
  withData(far);
  expect(await find()).toEqual({ root: far });
});

test('another folder is taken where it holds data, and refused in a sentence where it does not', async () => {
  const chosen: string[] = [];
  const { asked, far, find, root, user } = start({ answers: [1, 1], chosen });
  writePointer(user, { folder: path.join(root, 'gone') });
  const empty = path.join(root, 'empty');
  mkdirSync(empty);
  chosen.push(empty, withData(far));
  expect(await find()).toEqual({ root: far });
  expect(asked[1]).toBe(`There is no data of Overbatch in ${empty}. Choose the folder that holds the file overbatch.db.`);
  expect(readPointer(user)).toEqual({ folder: far });
});

test('a pointer that cannot be read is asked about, and never taken for none', async () => {
  const { asked, find, user } = start({ answers: [3] });
  const file = path.join(user, 'data-folder.json');
  writeFileSync(file, '{ "folder": ');
  expect(await find()).toBeUndefined();
  expect(asked[0]).toMatch(/which says where your data lies, cannot be read/);
  expect(readFileSync(file, 'utf8')).toBe('{ "folder": ');
  expect(() => dataFolder({ OVERBATCH_DATA: user })).toThrow(/cannot be read/);
});
