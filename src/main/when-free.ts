// Work on the history while another program may hold it: tried again and again, and nothing else waits meanwhile.
import { setTimeout as wait } from 'node:timers/promises';
import { toFailure } from '#shared/failure';

/** How long SQLite itself waits, and the window with it. */
export const BUSY_MILLISECONDS = 50;
const BETWEEN_TRIES_MILLISECONDS = 100;
/** Whoever asked is told after that. */
const PATIENCE_MILLISECONDS = 3_000;
/** For what has taken minutes, or has changed files that the history tells of: it is not given up for a program that holds that for one. */
export const LONG_PATIENCE_MILLISECONDS = 120_000;

/** @throws FailureError database-busy when it was held all the time */
export async function whenFree<T>(work: () => T, patienceMilliseconds = PATIENCE_MILLISECONDS): Promise<T> {
  const until = performance.now() + patienceMilliseconds;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (toFailure(error).kind !== 'database-busy' || performance.now() > until) throw error;
      await wait(BETWEEN_TRIES_MILLISECONDS);
    }
  }
}
