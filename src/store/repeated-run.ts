// How a run that repeats another compares with it: the same weights, or from where on and why it is another. Weights of different steps tell nothing.
import type { RunDetail } from '#shared/run-record';
import { afterwards, keepDifferentSteps } from '#shared/repeat';
import type { Database } from './database';
import { FIRST_DIFFERENCE } from './exact-repeat';
import { findRunRow, parseReceipt, type RunRow } from './runs';

export function repeatedRun(db: Database, row: RunRow): RunDetail['repeats'] {
  const other = row.repeat_of === null ? undefined : findRunRow(db, row.repeat_of);
  if (!other) return undefined;
  const { id, name } = other;
  const [mine, its] = [parseReceipt(row), parseReceipt(other)];
  if (mine?.weights === undefined || its?.weights === undefined) return { id, name };
  if (mine.weights === its.weights) return { id, name, isSame: true };
  const differsFrom = db.get<{ epoch: number | null }>(FIRST_DIFFERENCE, { mine: row.key, its: other.key })?.epoch ?? undefined;
  const because = afterwards(its, mine);
  if (differsFrom === undefined && keepDifferentSteps(its, mine)) return { id, name, because };
  return { id, name, isSame: false, ...(differsFrom !== undefined && { differsFrom }), because };
}
