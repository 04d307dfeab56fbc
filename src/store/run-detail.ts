// One run with everything it said, small enough to cross to the window whatever its length.
import type { RunDetail } from '#shared/run-record';
import type { RunSpec } from '#shared/run-spec';
import type { Database } from './database';
import { readGauges } from './gauges';
import { readEpochs, readSteps } from './metrics';
import { countInterruptions, readPauses } from './pauses';
import { findCheck } from './piece-checks';
import { repeatedRun } from './repeated-run';
import { getRunRow, parseEngine, parsePlan, parseReceipt, runSummary, type RunRow } from './runs';

/** A run that says more is shown with its latest sentences. */
const MOST_EVENTS = 1_000;

export function getRun(db: Database, id: string): RunDetail {
  const row = getRunRow(db, id);
  return {
    ...runSummary(row),
    plan: parsePlan(row),
    receipt: parseReceipt(row),
    ranOn: parseEngine(row),
    dataHash: row.dataset_hash ?? undefined,
    repeats: repeatedRun(db, row),
    check: checked(db, row),
    steps: readSteps(db, row.key),
    epochs: readEpochs(db, row.key),
    gauges: readGauges(db, row.key),
    pauses: readPauses(db, row.key),
    interruptions: countInterruptions(db, row.key),
    events: db
      .all<{ at: string; message: string }>(`SELECT at, message FROM run_events WHERE run = @run ORDER BY key DESC LIMIT ${MOST_EVENTS}`, {
        run: row.key,
      })
      .reverse(),
  };
}

function checked(db: Database, row: RunRow): RunDetail['check'] {
  const engine = parseEngine(row);
  return engine && row.dataset_id !== null ? findCheck(db, row.dataset_id, JSON.parse(row.spec) as RunSpec, engine) : undefined;
}
