// Turns what a run says into rows: one event, one transaction. Used by the app and by the CLI's --history.
import { assertNever } from '#shared/assert-never';
import { failureSentence } from '#shared/failure';
import type { MemoryReading, RunEvent, RunEventOf } from '#shared/run-event';
import type { Database, Parameters } from './database';
import { mainScores } from '#shared/metric-words';
import { addEpoch, addSteps, rewindTo, scoresText } from './metrics';
import { sentence } from '#shared/run-sentence';
import type { RunRow } from './runs';
import { getRunRow } from './runs';

/** `now`: when the event was said. The run must have been made by createRun. */
export function recordRunEvent(db: Database, runId: string, event: RunEvent, now = new Date()): void {
  db.transaction(() => {
    const run = getRunRow(db, runId);
    writeRows(db, run, event, now.toISOString());
    const message = sentence(event);
    if (message === undefined) return;
    // Only the newest checkpoint lies on the disk: a line for each would bury the rest.
    if (event.kind === 'checkpoint') db.run(`DELETE FROM run_events WHERE run = @run AND kind = 'checkpoint'`, { run: run.key });
    db.run('INSERT INTO run_events (run, at, kind, message) VALUES (@run, @at, @kind, @message)', {
      run: run.key,
      at: now.toISOString(),
      kind: event.kind,
      message,
    });
  });
}

/** Whether the history holds its line, in whatever language it was said, or the run has gone on since. */
export function isRecorded(db: Database, runId: string, event: RunEvent, at: Date): boolean {
  const sql = `SELECT 1 FROM runs WHERE id = @runId AND (session_at > @at
      OR EXISTS (SELECT 1 FROM run_events WHERE run = runs.key AND at = @at AND kind = @kind))`;
  return db.get(sql, { runId, at: at.toISOString(), kind: event.kind }) !== undefined;
}

function writeRows(db: Database, run: RunRow, event: RunEvent, at: string): void {
  const set = (assignments: string, parameters: Parameters) =>
    db.run(`UPDATE runs SET ${assignments} WHERE key = @key`, { key: run.key, ...parameters });
  switch (event.kind) {
    case 'started': {
      const secondsBefore = rewindTo(db, run.key, event.resumedAt ?? 0);
      set('engine = @engine, seconds_before = @secondsBefore', { engine: JSON.stringify(event.engine), secondsBefore });
      return;
    }
    case 'planned':
      set('plan = @plan', { plan: JSON.stringify(event.plan) });
      return;
    case 'note':
    case 'recovered':
      return;
    case 'progress': {
      addSteps(db, run.key, event.steps, run.seconds_before);
      const last = event.steps.at(-1);
      set(PEAK, peak(event.memory));
      if (last) set('seconds = @seconds', { seconds: last.seconds + run.seconds_before });
      return;
    }
    case 'epoch':
      addEpoch(db, run.key, event, run.seconds_before);
      set(`${RESULT}, ${PEAK}`, { ...result(run, event), ...peak(event.memory) });
      return;
    case 'checkpoint':
      set('checkpoint_folder = @folder', { folder: event.folder });
      return;
    case 'paused':
      set('state = @state, paused = @paused, failure = @failure, finished_at = @at', {
        state: 'stopped',
        paused: event.byStop ? 0 : 1,
        failure: event.why ? failureSentence(event.why) : null,
        at,
      });
      return;
    case 'saved':
      set('model_folder = @folder', { folder: event.folder });
      return;
    case 'finished':
      set(`${RESULT}, ${PEAK}, state = @state, finished_at = @at`, {
        ...result(run, event),
        ...peak(event.memory),
        state: event.reason,
        at,
      });
      return;
    case 'failed':
      // Brought back by undo, it stands where a pause would have left it.
      if (event.failure.kind === 'discarded') {
        set(`state = 'stopped', paused = 1, finished_at = @at`, { at });
        return;
      }
      set('state = @state, failure = @failure, finished_at = @at', {
        // The process is gone but the run is not to blame: it can be taken up again.
        state: ['trainer-died', 'ended'].includes(event.failure.kind) ? 'interrupted' : 'failed',
        failure: event.sentence,
        at,
      });
      return;
    default:
      assertNever(event);
  }
}

const PEAK = 'peak_bytes = max(coalesce(peak_bytes, 0), @peakBytes)';

const peak = (memory: MemoryReading): Parameters => ({ peakBytes: Math.round(memory.peakBytes) });

const RESULT =
  'train_loss = @trainLoss, validation_loss = @validationLoss, validation_accuracy = @validationAccuracy, scores = @scores, seconds = @seconds';

const result = (run: RunRow, event: RunEventOf<'epoch'> | RunEventOf<'finished'>): Parameters => ({
  scores: scoresText(mainScores(event.validation?.scores)),
  trainLoss: event.train.loss,
  validationLoss: event.validation?.loss ?? null,
  validationAccuracy: event.validation?.accuracy ?? null,
  seconds: event.seconds + run.seconds_before,
});
