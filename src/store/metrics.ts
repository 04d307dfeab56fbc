// The measured curves: written step by step, read back with few enough points to draw.
import type { RunDetail } from '#shared/contract';
import { epochScores, type EpochScores, type MainScores } from '#shared/metric-words';
import type { RunEventOf, StepReading } from '#shared/run-event';
import type { Database } from './database';

/** A chart is about a thousand pixels wide: more points than this change nothing that can be seen. */
export const MOST_POINTS = 2_000;

/** `secondsBefore`: training time of the run before it was resumed. A step done again replaces the first one. */
export function addSteps(db: Database, run: number, steps: StepReading[], secondsBefore: number): void {
  for (const { step, epoch, loss, accuracy, samples, seconds, learningRate, memoryBytes } of steps) {
    db.run(
      `INSERT OR REPLACE INTO steps (run, step, epoch, loss, accuracy, samples, seconds, learning_rate, memory_bytes)
         VALUES (@run, @step, @epoch, @loss, @accuracy, @samples, @seconds, @learningRate, @memoryBytes)`,
      {
        run,
        step,
        epoch,
        loss,
        accuracy,
        samples,
        seconds: seconds + secondsBefore,
        learningRate: learningRate ?? null,
        memoryBytes: memoryBytes ?? null,
      },
    );
  }
}

export function addEpoch(db: Database, run: number, event: RunEventOf<'epoch'>, secondsBefore: number): void {
  db.run(
    `INSERT OR REPLACE INTO epochs (run, epoch, step, train_loss, train_accuracy, validation_loss, validation_accuracy, scores, seconds)
       VALUES (@run, @epoch, @step, @trainLoss, @trainAccuracy, @validationLoss, @validationAccuracy, @scores, @seconds)`,
    {
      run,
      epoch: event.epoch,
      step: event.step,
      trainLoss: event.train.loss,
      trainAccuracy: event.train.accuracy,
      validationLoss: event.validation?.loss ?? null,
      validationAccuracy: event.validation?.accuracy ?? null,
      scores: scoresText(epochScores(event)),
      seconds: event.seconds + secondsBefore,
    },
  );
}

/** Null where there are none. */
export const scoresText = (scores: EpochScores | MainScores | undefined): string | null => (scores ? JSON.stringify(scores) : null);

/** Forgets what came after `step`: a resumed run does it again. Returns the training seconds up to there. */
export function rewindTo(db: Database, run: number, step: number): number {
  db.run('DELETE FROM steps WHERE run = @run AND step > @step', { run, step });
  db.run('DELETE FROM epochs WHERE run = @run AND step > @step', { run, step });
  const row = db.get<{ seconds: number | null }>('SELECT max(seconds) AS seconds FROM steps WHERE run = @run', { run });
  return row?.seconds ?? 0;
}

interface StepRow {
  step: number;
  epoch: number;
  loss: number | null;
  accuracy: number | null;
  seconds: number;
}

/** At most `most` points: of each stretch of steps the one with the lowest and the one with the highest loss, and the ends. */
export function readSteps(db: Database, run: number, most = MOST_POINTS): RunDetail['steps'] {
  const { low, high, count } = span(db, 'steps', 'step', run);
  const columns = 'step, epoch, loss, accuracy, seconds';
  const rows =
    count <= most
      ? db.all<StepRow>(`SELECT ${columns} FROM steps WHERE run = @run ORDER BY step`, { run })
      : db.all<StepRow>(
          // One range of the primary key a stretch: grouping a million rows by an expression would sort them first.
          `WITH RECURSIVE stretch (first, next) AS (
             SELECT @low, @low + @width UNION ALL SELECT next, next + @width FROM stretch WHERE next <= @high
           )
           SELECT ${columns} FROM steps WHERE run = @run AND step IN (
             SELECT (SELECT step FROM steps WHERE run = @run AND step >= first AND step < next ORDER BY loss IS NULL, loss LIMIT 1) FROM stretch
             UNION SELECT (SELECT step FROM steps WHERE run = @run AND step >= first AND step < next ORDER BY loss DESC LIMIT 1) FROM stretch
             UNION VALUES (@low), (@high)
           ) ORDER BY step`,
          { run, low, high, width: Math.ceil((high - low + 1) / (most / 2 - 1)) },
        );
  return rows.map((row) => ({ ...row, loss: row.loss ?? NaN, accuracy: row.accuracy ?? NaN }));
}

interface EpochRow {
  epoch: number;
  step: number;
  trainLoss: number | null;
  trainAccuracy: number | null;
  validationLoss: number | null;
  validationAccuracy: number | null;
  scores: string | null;
}

/** At most `most` epochs, evenly spaced, the last among them. */
export function readEpochs(db: Database, run: number, most = MOST_POINTS): RunDetail['epochs'] {
  const { low, high } = span(db, 'epochs', 'epoch', run);
  const rows = db.all<EpochRow>(
    `SELECT epoch, step, train_loss AS trainLoss, train_accuracy AS trainAccuracy, validation_loss AS validationLoss,
       validation_accuracy AS validationAccuracy, scores
     FROM epochs WHERE run = @run AND (@high - epoch) % @every = 0 ORDER BY epoch`,
    { run, high, every: Math.ceil((high - low + 1) / most) },
  );
  return rows.map((row) => ({
    epoch: row.epoch,
    step: row.step,
    trainLoss: row.trainLoss ?? NaN,
    trainAccuracy: row.trainAccuracy ?? NaN,
    validationLoss: row.validationLoss ?? NaN,
    validationAccuracy: row.validationAccuracy ?? NaN,
    ...(row.scores !== null && { scores: JSON.parse(row.scores) as EpochScores }),
  }));
}

function span(db: Database, table: 'steps' | 'epochs', column: 'step' | 'epoch', run: number) {
  const row = db.get<{ low: number | null; high: number | null; count: number }>(
    `SELECT min(${column}) AS low, max(${column}) AS high, count(*) AS count FROM ${table} WHERE run = @run`,
    { run },
  );
  return { low: row?.low ?? 0, high: row?.high ?? 0, count: row?.count ?? 0 };
}
