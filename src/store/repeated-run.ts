// How a run that repeats another compares with it: the same weights, or from where on and why it is another.
import type { RunDetail } from '#shared/contract';
import { afterwards } from '#shared/repeat';
import type { Database } from './database';
import { findRunRow, parseReceipt, type RunRow } from './runs';

export function repeatedRun(db: Database, row: RunRow): RunDetail['repeats'] {
  const other = row.repeat_of === null ? undefined : findRunRow(db, row.repeat_of);
  if (!other) return undefined;
  const { id, name } = other;
  const [mine, its] = [parseReceipt(row), parseReceipt(other)];
  if (mine?.weights === undefined || its?.weights === undefined) return { id, name };
  if (mine.weights === its.weights) return { id, name, isSame: true };
  const differsFrom = firstDifference(db, row.key, other.key);
  return { id, name, isSame: false, ...(differsFrom !== undefined && { differsFrom }), because: afterwards(its, mine) };
}

/** The first epoch that came to another loss in one of the two. */
function firstDifference(db: Database, mine: number, its: number): number | undefined {
  const row = db.get<{ epoch: number | null }>(
    `SELECT min(a.epoch) AS epoch FROM epochs AS a JOIN epochs AS b ON b.run = @its AND b.epoch = a.epoch
       WHERE a.run = @mine AND (a.train_loss IS NOT b.train_loss OR a.validation_loss IS NOT b.validation_loss)`,
    { mine, its },
  );
  return row?.epoch ?? undefined;
}
