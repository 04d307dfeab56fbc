// Data moves whole and proven, or stays where it is.
import fs, { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { MoveProgress } from '#shared/data-move';
import { readPointer, writePointer } from '#store/data-pointer';
import { connect } from '#store/driver';
import { dataFolder } from '#store/location';
import { readJournal, removeData, settleMove, undoMove, writeJournal } from '#store/move/journal';
import { moveData } from '#store/move/move-data';
import { dataIn, makeUsedFolder } from '#test/support/moved-data';
import { temporaryFolder } from '../../main/app';

function used() {
  const root = temporaryFolder();
  const user = makeUsedFolder(path.join(root, 'user'));
  return { before: dataIn(user), to: path.join(root, 'disk', 'Overbatch'), user };
}

test('everything arrives with its bytes and times, shared bytes once, and only then the new folder is in force', () => {
  const { before, to, user } = used();
  const told: MoveProgress[] = [];
  moveData({ user, from: user, to }, (progress) => told.push(progress));
  expect(dataIn(to)).toEqual(before);
  expect(readPointer(user)).toEqual({ folder: to, before: user });
  expect(dataFolder({ OVERBATCH_DATA: user })).toBe(to);
  const [one, other] = ['first', 'second'].map((name) => statSync(path.join(to, 'datasets', name, 'samples.bin')));
  expect([one.ino, one.nlink]).toEqual([other.ino, 2]);
  // What is about the app stays, and nothing of the move is left.
  expect(
    readdirSync(to)
      .filter((name) => !/-(wal|shm)$/.test(name))
      .sort(),
  ).toEqual(['backups', 'datasets', 'overbatch.db', 'runs']);
  expect([readJournal(user), existsSync(path.join(user, 'settings.json'))]).toEqual([undefined, true]);
  expect(told.at(-1)).toMatchObject({ stage: 'history' });
  expect(told.every(({ doneBytes, totalBytes }) => doneBytes <= totalBytes)).toBe(true);
  // The old is kept until it is asked for.
  expect(dataIn(user)).toEqual(before);
  removeData(user);
  expect(readdirSync(user).sort()).toEqual(['data-folder.json', 'logs', 'settings.json']);
  expect(dataIn(to)).toEqual(before);
});

test('cut off, it goes on: what is proven is taken over, what is not the same any more is copied anew', () => {
  const { before, to, user } = used();
  const large = path.join('datasets', 'first', 'samples.bin');
  // Cut off in the last stage, by a target that another holds.
  mkdirSync(path.join(to, 'overbatch.db'), { recursive: true });
  writeFileSync(path.join(to, 'overbatch.db', 'x'), '');
  expect(() => moveData({ user, from: user, to }, () => {})).toThrow();
  expect(dataFolder({ OVERBATCH_DATA: user })).toBe(user);
  expect(settleMove(user)).toMatchObject({ from: user, to });
  rmSync(path.join(to, 'overbatch.db'), { recursive: true });
  // The control: a copy that was damaged since is found by its sum, one that is whole keeps its inode.
  const [damaged, whole] = [path.join(to, 'runs', 'run-1', 'weights.bin'), path.join(to, large)];
  const bytes = readFileSync(damaged);
  bytes[7] ^= 1;
  writeFileSync(damaged, bytes);
  writeFileSync(path.join(to, 'runs', 'left-over.bin'), 'of a run that was deleted since');
  const { ino } = statSync(whole);
  moveData({ user, from: user, to }, () => {});
  expect(dataIn(to)).toEqual(before);
  expect(statSync(whole).ino).toBe(ino);
  expect(readJournal(user)).toBeUndefined();
});

test('undone, nothing of it is left, and what else lies there stays', () => {
  const { before, to, user } = used();
  const around = path.dirname(to);
  mkdirSync(around);
  writeFileSync(path.join(around, 'holiday.txt'), 'mine');
  writeJournal(user, { from: user, to, begunAt: '', isMade: true });
  mkdirSync(path.join(to, 'runs', 'run-0'), { recursive: true });
  writeFileSync(path.join(to, 'runs', 'run-0', 'half.bin'), 'half');
  undoMove(user, user);
  expect(readdirSync(around)).toEqual(['holiday.txt']);
  expect(dataIn(user)).toEqual(before);
  expect(readJournal(user)).toBeUndefined();
});

test('a kill after the new folder is in force is settled at the next start, and cannot be undone into a loss', () => {
  const { before, to, user } = used();
  moveData({ user, from: user, to }, () => {});
  writeJournal(user, { from: user, to, begunAt: '', isMade: true });
  undoMove(user, to);
  expect(dataIn(to)).toEqual(before);
  expect(settleMove(user)).toBeUndefined();
});

test('begun from other data than is in use now, or to it, it is neither gone on with nor undone', () => {
  const { before, to, user } = used();
  const far = makeUsedFolder(path.join(path.dirname(user), 'far'), { runs: 1 });
  // A move back was cut off, and the app was started with the usual folder because the disk was not there.
  writePointer(user, { folder: far });
  writeJournal(user, { from: far, to: user, begunAt: '', isMade: false });
  expect(() => undoMove(user, user)).toThrow('was not finished, and your data lies in');
  expect(() => moveData({ user, from: user, to: user }, () => {})).toThrow('was not finished, and your data lies in');
  writeJournal(user, { from: far, to, begunAt: '', isMade: false });
  expect(() => undoMove(user, user)).toThrow(`Use the data in ${far} again`);
  expect(() => moveData({ user, from: user, to }, () => {})).toThrow(`Use the data in ${far} again`);
  expect(dataIn(user)).toEqual(before);
});

test('the history is removed last, so that a removal that is cut off can be told of', () => {
  const { user } = used();
  const held = path.join(user, 'runs');
  const order: string[] = [];
  const remove = vi.spyOn(fs, 'rmSync').mockImplementation((place) => void order.push(path.basename(String(place))));
  syncBuiltinESMExports();
  removeData(user);
  remove.mockRestore();
  syncBuiltinESMExports();
  expect(existsSync(held)).toBe(true);
  expect(order.filter((name) => !/-(wal|shm)$/.test(name)).at(-1)).toBe('overbatch.db');
  expect(order).toContain('runs');
});

test('who writes to the history meanwhile waits; what was written before is moved', () => {
  const { to, user } = used();
  let isLocked = false;
  const other = connect(path.join(user, 'overbatch.db'), { busyMilliseconds: 0 });
  moveData({ user, from: user, to }, ({ stage }) => {
    if (stage !== 'history') return;
    try {
      other.run(`UPDATE runs SET name = 'late'`);
    } catch {
      isLocked = true;
    }
  });
  other.close();
  expect(isLocked).toBe(true);
});

test('a file that changes while it is copied is copied again', () => {
  const { to, user } = used();
  const file = path.join(user, 'runs', 'run-2', 'receipt.json');
  let isChanged = false;
  moveData({ user, from: user, to }, () => {
    if (isChanged) return;
    isChanged = true;
    appendFileSync(file, ' ');
  });
  expect(readFileSync(path.join(to, 'runs', 'run-2', 'receipt.json'), 'utf8')).toBe(readFileSync(file, 'utf8'));
});
