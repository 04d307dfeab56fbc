// One run with everything it said, small enough to cross to the window whatever its length.
import type { RunDetail } from '#shared/contract';
import type { Receipt } from '#shared/run-event';
import type { Database } from './database';
import { readGauges } from './gauges';
import { readEpochs, readSteps } from './metrics';
import { getRunRow, parsePlan, runSummary } from './runs';

/** A run that says more is shown with its latest sentences. */
const MOST_EVENTS = 1_000;

export function getRun(db: Database, id: string): RunDetail {
  const row = getRunRow(db, id);
  return {
    ...runSummary(row),
    plan: parsePlan(row),
    receipt: row.receipt === null ? undefined : (JSON.parse(row.receipt) as Receipt),
    steps: readSteps(db, row.key),
    epochs: readEpochs(db, row.key),
    gauges: readGauges(db, row.key),
    events: db
      .all<{ at: string; message: string }>(`SELECT at, message FROM run_events WHERE run = @run ORDER BY key DESC LIMIT ${MOST_EVENTS}`, {
        run: row.key,
      })
      .reverse(),
  };
}
