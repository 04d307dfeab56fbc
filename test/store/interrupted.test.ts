// A run left running by a process that is gone is interrupted at the next start; a living one is not.
import { spawn, spawnSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { markInterrupted } from '#store/interrupted';
import { recordRunEvent } from '#store/run-events';
import { getRun } from '#store/run-detail';
import { finished, openTestStore, startTestRun } from './samples';
import type { Database } from '#store/database';

const own = (db: Database, id: string, pid: number) => db.run('UPDATE runs SET owner_pid = @pid WHERE id = @id', { id, pid });

test('dead, living, reused and rebooted owners are told apart', () => {
  const db = openTestStore();
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const living = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void living.kill('SIGKILL'));

  own(db, startTestRun(db, 'dead'), dead);
  own(db, startTestRun(db, 'living'), living.pid!);
  startTestRun(db, 'our-own-number-reused');
  own(db, startTestRun(db, 'before-reboot'), living.pid!);
  db.run(`UPDATE runs SET session_at = '2001-01-01T00:00:00.000Z' WHERE id = 'before-reboot'`);
  recordRunEvent(db, startTestRun(db, 'done'), finished('completed', 1));

  expect(markInterrupted(db)).toBe(3);
  const states = Object.fromEntries(
    ['dead', 'living', 'our-own-number-reused', 'before-reboot', 'done'].map((id) => [id, getRun(db, id).state]),
  );
  expect(states).toEqual({
    dead: 'interrupted',
    living: 'running',
    'our-own-number-reused': 'interrupted',
    'before-reboot': 'interrupted',
    done: 'completed',
  });
  expect(getRun(db, 'dead').failure).toMatch(/What was saved before is kept/);
  expect(markInterrupted(db)).toBe(0);
});

test('an interrupted run can be resumed: from its checkpoint, or from its start where it has none', () => {
  const db = openTestStore();
  const id = startTestRun(db);
  recordRunEvent(db, id, { kind: 'checkpoint', step: 3, folder: 'c' });
  const early = startTestRun(db, 'early');
  markInterrupted(db);
  expect(getRun(db, id)).toMatchObject({ state: 'interrupted', resumable: true });
  expect(getRun(db, id)).not.toHaveProperty('begins');
  expect(getRun(db, early)).toMatchObject({ state: 'interrupted', resumable: true, begins: true });
});
