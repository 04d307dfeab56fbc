// Backups of the history: whole, named, the last few kept; put back only when proven, with nothing of the present one lost.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { backupName, BACKUP_REASONS, readBackupName } from '#shared/backup';
import { isBackupDue } from '#main/daily-backup';
import { backUp, listBackups } from '#store/backups';
import { answerTo } from '#store/keep';
import { makeUsedFolder } from '#test/support/moved-data';
import { CAN_MOUNT, smallDisk } from '#test/support/small-disk';
import { connect } from '#store/driver';
import { checkHistory, lookAtBackup } from '#store/examine';
import { foldersIn } from '#store/location';
import { KNOWN_VERSION } from '#store/migrations/index';
import { closeStore, openStore, setAside } from '#store/open';
import { replacedPath, restoreBackup } from '#store/restore';
import { obeyOrder, orderRestore } from '#store/restore-order';
import { listRuns, renameRun } from '#store/runs';
import { setSetting } from '#store/settings';
import { openTestStore, startTestRun, temporaryFolder } from './samples';

const HOUR = 3_600_000;
const at = (hours: number) => new Date(Date.UTC(2026, 10, 30) + hours * HOUR);

/** A history with run-1 that was backed up, and run-2 since. */
function backedUp() {
  const folders = foldersIn(temporaryFolder());
  const db = openTestStore(folders.database);
  startTestRun(db, 'run-1');
  const { name } = backUp(db, folders.backups, 'daily', at(0));
  startTestRun(db, 'run-2');
  renameRun(db, 'run-2', 'the better one');
  return { folders, db, name };
}

/** As nobody has it open: a driver may hold what it closed. */
function closed({ db, folders, name }: ReturnType<typeof backedUp>) {
  closeStore(db);
  return { folders: untouched(folders), name };
}

function untouched({ root }: { root: string }) {
  const folders = foldersIn(path.join(temporaryFolder(), 'data'));
  cpSync(root, folders.root, { recursive: true });
  return folders;
}

const runsIn = (file: string) => listRuns(openTestStore(file)).map(({ id }) => id);

test('the name says when, why and of which format, and nothing else is taken for one', () => {
  for (const why of BACKUP_REASONS) {
    const name = backupName({ at: at(1), why, format: 10 });
    expect(readBackupName(name)).toEqual({ name, at: at(1).toISOString(), why, format: 10 });
  }
  for (const name of ['overbatch.db', '../2026.db', backupName({ at: at(1), why: 'daily', format: 1 }) + '-wal', 'x/y.db'])
    expect(readBackupName(name)).toBeUndefined();
});

test('of each reason the last few are kept, and what was replaced is never removed', () => {
  const { db, folders } = backedUp();
  const replaced = backupName({ at: at(-1000), why: 'replaced', format: 3 });
  writeFileSync(path.join(folders.backups, replaced), 'x');
  const dead = path.join(folders.backups, 'x.1.partial');
  writeFileSync(dead, '');
  utimesSync(dead, at(-100), at(-100));
  backUp(db, folders.backups, 'update', at(-500));
  for (let hour = 1; hour <= 8; hour++) backUp(db, folders.backups, 'daily', at(hour));
  const kept = listBackups(folders.backups).map((backup) => [backup.why, backup.at]);
  expect(kept).toEqual([
    ...[8, 7, 6, 5, 4].map((hour) => ['daily', at(hour).toISOString()]),
    ['update', at(-500).toISOString()],
    ['replaced', at(-1000).toISOString()],
  ]);
  expect(existsSync(dead)).toBe(false);
});

test('a clock that was in the future ends no backups, and the one just made stays', () => {
  const { db, folders } = backedUp();
  for (let day = 1; day <= 5; day++) backUp(db, folders.backups, 'daily', at(10_000 + day * 24));
  const made = [30, 54].map((hours) => {
    for (const file of [folders.database, `${folders.database}-wal`]) utimesSync(file, at(hours), at(hours));
    expect(isBackupDue(folders, at(hours).getTime())).toBe(true);
    return backUp(db, folders.backups, 'daily', at(hours)).name;
  });
  const names = listBackups(folders.backups).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(made));
  expect(names).toHaveLength(7);
});

test('another connection makes one while one writes', () => {
  const { db, folders } = backedUp();
  const other = connect(folders.database);
  db.transaction(() => {
    renameRun(db, 'run-1', 'not yet written');
    const { name, format, bytes } = backUp(other, folders.backups, 'asked', at(2));
    expect([format, bytes > 0]).toEqual([KNOWN_VERSION, true]);
    expect(listRuns(openTestStore(path.join(folders.backups, name))).map((run) => run.name)).not.toContain('not yet written');
  });
  other.close();
});

test('restored, it is as it was then, and the present one lies among the backups and can be restored again', () => {
  const { db, folders, name } = backedUp();
  expect(lookAtBackup(path.join(folders.backups, name), folders.database)).toEqual({
    runs: 1,
    datasets: 1,
    lost: { runs: 1, datasets: 0, names: ['the better one'] },
  });
  // As a kill leaves it: the newest lies in the log.
  const killed = foldersIn(temporaryFolder());
  mkdirSync(killed.backups);
  for (const suffix of ['', '-wal']) copyFileSync(folders.database + suffix, killed.database + suffix);
  copyFileSync(path.join(folders.backups, name), path.join(killed.backups, name));
  closeStore(db);

  restoreBackup(killed, name, { replaced: replacedPath(killed, at(5)) });
  expect(runsIn(killed.database)).toEqual(['run-1']);
  const [replaced] = listBackups(killed.backups);
  expect(replaced).toMatchObject({ why: 'replaced', format: KNOWN_VERSION, at: at(5).toISOString() });
  closeStore(openStore(killed.database));
  const again = untouched(killed);
  restoreBackup(again, replaced.name, { replaced: replacedPath(again, at(6)) });
  expect(runsIn(again.database).sort()).toEqual(['run-1', 'run-2']);
  expect(listBackups(again.backups).filter(({ why }) => why === 'replaced')).toHaveLength(2);
});

test('a damaged, a newer or a missing backup is refused, and the history stays as it is', () => {
  const { folders, name } = closed(backedUp());
  const file = path.join(folders.backups, name);
  const before = readFileSync(folders.database);
  const whole = readFileSync(file);
  const spoil: [RegExp, () => void][] = [
    [/This backup is damaged/, () => truncateSync(file, 8192)],
    [
      /This backup is damaged/,
      () => writeFileSync(file, Buffer.concat([whole.subarray(0, 4096), Buffer.alloc(whole.length - 4096, 0xa5)])),
    ],
    [/This backup is damaged/, () => writeFileSync(file, '')],
    [/This backup is damaged/, () => writeFileSync(file, 'no database')],
    [
      /newer Overbatch/,
      () => {
        const newer = Buffer.from(whole);
        newer.writeUInt32BE(999, 60);
        writeFileSync(file, newer);
      },
    ],
    [/not there any more/, () => rmSync(file)],
  ];
  for (const [sentence, act] of spoil) {
    act();
    expect(() => restoreBackup(folders, name)).toThrow(sentence);
    expect(() => lookAtBackup(file, folders.database)).toThrow(sentence);
    expect(readFileSync(folders.database).equals(before)).toBe(true);
  }
  orderRestore(folders, name);
  expect(() => obeyOrder(folders.root)).toThrow(/not there any more/);
  // Nobody is refused for ever.
  expect(obeyOrder(folders.root)).toBeUndefined();
});

test('what was ordered is done at the next start, once; what is no order is none', () => {
  const { folders, name } = closed(backedUp());
  orderRestore(folders, name);
  expect(obeyOrder(folders.root)).toBe(name);
  expect(runsIn(folders.database)).toEqual(['run-1']);
  expect(listBackups(folders.backups).filter(({ why }) => why === 'replaced')).toHaveLength(1);
  expect(obeyOrder(folders.root)).toBeUndefined();
  writeFileSync(path.join(folders.root, 'restore.json'), '{"backup":"../../etc/passwd"}');
  expect(obeyOrder(folders.root)).toBeUndefined();
  expect(readdirSync(folders.root)).not.toContain('restore.json');
});

test('while another program has the history open, it is not replaced', () => {
  const { folders, name } = closed(backedUp());
  const other = connect(folders.database);
  other.get('SELECT 1 FROM runs');
  orderRestore(folders, name);
  expect(() => obeyOrder(folders.root, { patienceMs: 20 })).toThrow(/Another program/);
  other.close();
  expect(runsIn(folders.database).sort()).toEqual(['run-1', 'run-2']);
  expect(listBackups(folders.backups)).toHaveLength(1);
});

type Cut = (folders: ReturnType<typeof foldersIn>, replaced: string) => void;
const half: Cut = ({ database }) => writeFileSync(`${database}.restoring`, 'half');
const setAllAside: Cut = (folders, replaced) => {
  half(folders, replaced);
  for (const suffix of ['.unwritten', '']) renameSync(folders.database + suffix, replaced + suffix);
};

/** What an order finds that was cut off there. */
function cutOff(cut: Cut) {
  const { folders, name } = closed(backedUp());
  writeFileSync(`${folders.database}.unwritten`, 'said');
  orderRestore(folders, name, at(7));
  const replaced = replacedPath(folders, at(7));
  cut(folders, replaced);
  return { folders, name, replaced };
}

test('cut off between any two steps, it goes on under the same name and loses nothing', () => {
  const cuts: Cut[] = [
    half,
    ({ database }, replaced) => renameSync(`${database}.unwritten`, `${replaced}.unwritten`),
    setAllAside,
    ({ root }) => {
      const order = readFileSync(path.join(root, 'restore.json'));
      obeyOrder(root);
      writeFileSync(path.join(root, 'restore.json'), order);
    },
  ];
  for (const cut of cuts) {
    const { folders, name, replaced } = cutOff(cut);
    expect(obeyOrder(folders.root)).toBe(name);
    expect(runsIn(folders.database)).toEqual(['run-1']);
    expect(runsIn(replaced).sort()).toEqual(['run-1', 'run-2']);
    expect(readFileSync(`${replaced}.unwritten`, 'utf8')).toBe('said');
    expect(listBackups(folders.backups)).toHaveLength(2);
  }
});

test('cut off, and the backup is gone since: the history has its place again', () => {
  const { folders, name, replaced } = cutOff(setAllAside);
  rmSync(path.join(folders.backups, name));
  expect(() => obeyOrder(folders.root)).toThrow(/not there any more/);
  expect(runsIn(folders.database).sort()).toEqual(['run-1', 'run-2']);
  expect(readFileSync(`${folders.database}.unwritten`, 'utf8')).toBe('said');
  expect(existsSync(replaced)).toBe(false);
});

test('an order withdrawn takes none with it that was given since', () => {
  const { folders, name } = backedUp();
  const withdraw = orderRestore(folders, name, at(1));
  const withdrawLater = orderRestore(folders, name, at(2));
  withdraw();
  expect(existsSync(path.join(folders.root, 'restore.json'))).toBe(true);
  withdrawLater();
  expect(existsSync(path.join(folders.root, 'restore.json'))).toBe(false);
});

test('where the present history is damaged, nobody knows what it has that the backup has not', () => {
  const { db, folders, name } = backedUp();
  closeStore(db);
  writeFileSync(folders.database, 'damaged');
  expect(lookAtBackup(path.join(folders.backups, name), folders.database)).toEqual({ runs: 1, datasets: 1 });
});

test('one a day, and none where nothing was written since', () => {
  const { folders } = backedUp();
  const [{ at: newest }] = listBackups(folders.backups);
  const made = Date.parse(newest);
  const touch = (ms: number) => {
    for (const file of [folders.database, `${folders.database}-wal`]) utimesSync(file, new Date(ms), new Date(ms));
  };
  touch(made + HOUR);
  expect(isBackupDue(folders, made + 23 * HOUR)).toBe(false);
  expect(isBackupDue(folders, made + 25 * HOUR)).toBe(true);
  touch(made - HOUR);
  expect(isBackupDue(folders, made + 25 * HOUR)).toBe(false);
  expect(isBackupDue(foldersIn(temporaryFolder()), made)).toBe(true);
});

test('a check tells the state, counts and the names that are nobody else’s business', () => {
  const { db, folders } = backedUp();
  setSetting(db, 'theme', 'dark');
  const check = checkHistory(folders.database);
  expect(check).toMatchObject({ integrity: 'ok', format: KNOWN_VERSION, driver: db.driver, settings: { theme: 'dark' } });
  expect(check.rows).toMatchObject({ datasets: 1, runs: 2, settings: 1 });
  expect(check.names).toEqual(expect.arrayContaining(['the better one', 'digits', '0', '1']));
  expect(check.bytes).toBe(statSync(folders.database).size);
  closeStore(db);
  const aside = setAside(folders.database);
  expect(existsSync(aside)).toBe(true);
});

test.skipIf(!CAN_MOUNT)('a backup that would not fit is refused, and leaves nothing', () => {
  const disk = smallDisk(16);
  const user = makeUsedFolder(path.join(disk.folder, 'user'), { runs: 1 });
  const folder = path.join(user, 'made');
  const answer = () => answerTo({ kind: 'back-up', history: path.join(user, 'overbatch.db'), folder, why: 'asked' }, () => {});
  disk.leave(360_000);
  expect(answer()).toMatchObject({ kind: 'failure', failure: { kind: 'no-room', what: 'backup', path: user } });
  expect(existsSync(folder)).toBe(false);
  disk.makeRoom();
  expect(answer()).toMatchObject({ kind: 'backed-up' });
});
