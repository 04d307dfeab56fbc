// A move of the data that is killed at thirty moments, and one onto a disk that is full: either folder is in force, whole, and the move goes on or is undone.
import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { randomStream } from '#engine/random';
import { FailureError } from '#shared/failure';
import { readPointer, writePointer } from '#store/data-pointer';
import { dataFolder } from '#store/location';
import { readJournal, removeData, settleMove, undoMove } from '#store/move/journal';
import { moveData } from '#store/move/move-data';
import { closeStore, openStore } from '#store/open';
import { buildProgram } from '#test/support/build-program';
import { dataIn, makeUsedFolder } from '#test/support/moved-data';

const KILLS = 30;
const SEED = 20261130;

let mover: string;
beforeAll(async () => {
  mover = await buildProgram('test/support/killed-move/mover.ts', 'mover');
}, 120_000);

function temporary(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'overbatch-moved-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Answers whether it had come to its end by then. */
async function killedAfter(milliseconds: number, user: string, to: string): Promise<boolean> {
  const child = spawn(process.execPath, [mover, user, to], { stdio: ['ignore', 'pipe', 'inherit'] });
  let hasEnded = false;
  child.stdout.on('data', () => (hasEnded = true));
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  await once(child, 'close');
  clearTimeout(timer);
  return hasEnded;
}

test(
  `${KILLS} kills at random moments: one folder is in force and whole each time, and the move goes on or is undone`,
  { timeout: 600_000 },
  async () => {
    const root = temporary();
    const user = makeUsedFolder(path.join(root, 'user'), { runs: 40, largeBytes: 30e6 });
    const before = dataIn(user);
    const random = randomStream(SEED);
    // How long one takes here, to be killed at any moment of it.
    const begun = performance.now();
    expect(await killedAfter(120_000, user, path.join(root, 'measured'))).toBe(true);
    const whole = performance.now() - begun;
    writePointer(user, { folder: user });
    const seen = { copying: 0, undone: 0, done: 0 };
    for (let kill = 0; kill < KILLS; kill++) {
      const to = path.join(root, `disk-${kill}`, 'Overbatch');
      const hasEnded = await killedAfter(whole * (0.25 + 0.85 * random()), user, to);
      const inForce = dataFolder({ OVERBATCH_DATA: user });
      expect([user, to]).toContain(inForce);
      expect(dataIn(inForce)).toEqual(before);
      closeStore(openStore(path.join(inForce, 'overbatch.db')));
      if (hasEnded) expect(inForce).toBe(to);
      const unfinished = settleMove(user);
      expect(unfinished === undefined).toBe(inForce === to || !existsSync(path.join(user, 'data-move.json')));
      if (unfinished && kill % 2 === 0) {
        undoMove(user, user);
        expect(existsSync(to)).toBe(false);
        expect(dataIn(user)).toEqual(before);
        seen.undone += 1;
      } else if (unfinished) {
        moveData({ user, from: user, to }, () => {});
        expect(readdirSync(to).filter((name) => name.startsWith('.') || name.endsWith('.moving'))).toEqual([]);
        expect(dataIn(to)).toEqual(before);
        seen.copying += 1;
      } else seen.done += 1;
      expect(readJournal(user)).toBeUndefined();
      expect(dataIn(user)).toEqual(before);
      writePointer(user, { folder: user });
      rmSync(path.join(root, `disk-${kill}`), { recursive: true, force: true });
    }
    console.log(`of ${KILLS} kills: ${JSON.stringify(seen)}; a whole move took ${Math.round(whole)} ms`);
    expect(seen.copying + seen.undone).toBeGreaterThan(KILLS / 3);
  },
);

test.runIf(process.getuid?.() === 0 && process.platform === 'linux')(
  'a disk that is full: the data stays, the move goes on when there is room',
  () => {
    const root = temporary();
    const user = makeUsedFolder(path.join(root, 'user'), { runs: 4, largeBytes: 12e6 });
    const before = dataIn(user);
    const disk = path.join(root, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]);
    try {
      const to = path.join(disk, 'Overbatch');
      const failure = (() => {
        try {
          moveData({ user, from: user, to }, () => {});
        } catch (error) {
          return error instanceof FailureError ? error.failure : error;
        }
      })();
      expect(failure).toMatchObject({ kind: 'disk-full' });
      expect(dataFolder({ OVERBATCH_DATA: user })).toBe(user);
      expect(dataIn(user)).toEqual(before);
      execFileSync('mount', ['-o', 'remount,size=64m', disk]);
      moveData({ user, from: user, to }, () => {});
      expect(readPointer(user)).toEqual({ folder: to, before: user });
      expect(dataIn(to)).toEqual(before);
      removeData(user);
      expect(dataIn(dataFolder({ OVERBATCH_DATA: user }))).toEqual(before);
    } finally {
      // Lazily: libsql lets a closed file go only when its statements are collected.
      execFileSync('umount', ['-l', disk]);
    }
  },
);
