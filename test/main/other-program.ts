// Another program that takes the history for itself.
import { onTestFinished } from 'vitest';
import type { Database } from '#store/database';
import { closeStore, openStore } from '#store/open';

/** Answers how it is given free. */
export function lock(file: string): () => void {
  const other = openStore(file, { busyMilliseconds: 0 });
  onTestFinished(() => closeStore(other));
  other.exec('BEGIN IMMEDIATE');
  return () => other.exec('ROLLBACK');
}

/** Tries to take it once, as soon as `db` has run what begins with `sql`; answers how it is given free, where it came between. */
export function lockAfter(db: Database, sql: string): () => void {
  const run = db.run.bind(db);
  let free = () => {};
  db.run = (asked, parameters) => {
    const changed = run(asked, parameters);
    if (!asked.startsWith(sql)) return changed;
    db.run = run;
    try {
      free = lock(db.path);
    } catch {
      // It is kept until all of it is done.
    }
    return changed;
  };
  return () => free();
}

/** Takes it as soon as a transaction of `db` leaves it free; answers how it is given free. */
export function lockBetween(db: Database): () => void {
  const transaction = db.transaction.bind(db);
  let free: (() => void) | undefined;
  db.transaction = (work) => {
    const result = transaction(work);
    try {
      free ??= lock(db.path);
    } catch {
      // That was a part of another.
    }
    return result;
  };
  return () => free?.();
}
