// How long a run lay still between its start and its end: from each pause, or end that was none, to where it was taken up again; and how often it
// was interrupted, of which nobody knows how long.
import type { Pauses } from '#shared/run-record';
import type { Database } from './database';

/** Each with the start behind it; the last one has none. A process that was killed says no word, so its gap is not known. */
const GAPS = `SELECT at, (SELECT min(later.at) FROM run_events AS later
    WHERE later.run = run_events.run AND later.kind = 'started' AND later.key > run_events.key) AS until
  FROM run_events WHERE run = @run AND kind IN ('paused', 'finished', 'failed')`;

/** Undefined: it never did. */
export function readPauses(db: Database, run: number): Pauses | undefined {
  const gaps = db.all<{ at: string; until: string | null }>(GAPS, { run }).filter(({ until }) => until !== null);
  if (gaps.length === 0) return undefined;
  const seconds = gaps.reduce((sum, { at, until }) => sum + (Date.parse(until ?? at) - Date.parse(at)) / 1000, 0);
  return { count: gaps.length, seconds: Math.max(0, seconds) };
}

/** Starts of which the word before was a start, too. */
const INTERRUPTIONS = `SELECT count(*) AS count FROM run_events AS again WHERE run = @run AND kind = 'started' AND 'started' =
  (SELECT kind FROM run_events AS before WHERE before.run = again.run AND before.key < again.key
    AND before.kind IN ('started', 'paused', 'finished', 'failed') ORDER BY before.key DESC LIMIT 1)`;

/** Undefined: it never was. */
export function countInterruptions(db: Database, run: number): number | undefined {
  const [{ count }] = db.all<{ count: number }>(INTERRUPTIONS, { run });
  return count === 0 ? undefined : count;
}
