// Runs that a dead process left 'running' become 'interrupted'; those of a living one (the CLI) are left alone.
import { uptime } from 'node:os';
import type { Database } from './database';

const ENDED_WITH_US = 'Overbatch ended while this run was training. What was saved before is kept.';

/** Call once at start-up, before this process starts a run. Returns how many there were. */
export function markInterrupted(db: Database, now = new Date()): number {
  return db.transaction(() => {
    const running = db.all<{ key: number; owner_pid: number; session_at: string }>(
      `SELECT key, owner_pid, session_at FROM runs WHERE state = 'running'`,
    );
    const bootedAt = now.getTime() - uptime() * 1000;
    const dead = running.filter((run) => Date.parse(run.session_at) < bootedAt || !isAlive(run.owner_pid));
    for (const { key } of dead) {
      db.run(`UPDATE runs SET state = 'interrupted', finished_at = @now, failure = @failure WHERE key = @key`, {
        key,
        now: now.toISOString(),
        failure: ENDED_WITH_US,
      });
    }
    return dead.length;
  });
}

/** Those of them whose checkpoint, if there is one, the history does not know. */
export const withoutCheckpoint = (db: Database): { id: string; folder: string }[] =>
  db.all(`SELECT id, folder FROM runs WHERE state = 'interrupted' AND checkpoint_folder IS NULL`);

/** Our own id belonged to someone else before us; a process we may not signal is not one of ours. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
