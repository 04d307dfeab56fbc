// The measured curves: written step by step, read back with few enough points to draw.
import type { RunDetail } from '#shared/run-record';
import type { StepPoint } from '#shared/curve';
import { epochScores, type EpochScores, type MainScores } from '#shared/metric-words';
import type { RunEventOf, StepReading } from '#shared/run-event';
import type { Database } from './database';
import { addBlocks, forgetBlocks } from './step-blocks';
import { boundsOf, lowestAndHighest, readMeans, readThinned, stretchOf, type Range, type Thinned } from './thin';

/** Parts of a curve that are told apart where nobody says how wide it is drawn. */
const STRETCHES = 500;

/** What of a curve is wanted. */
export interface CurveRange extends Range {
  /** As many parts as there are pixels: more could not be told apart. */
  stretches?: number;
}

/** `secondsBefore`: training time of the run before it was resumed. A step done again replaces the first one. */
export function addSteps(db: Database, run: number, steps: StepReading[], secondsBefore: number): void {
  if (steps.length === 0) return;
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
  addBlocks(db, run, steps[0].step, steps[steps.length - 1].step);
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
  forgetBlocks(db, run, step + 1);
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

export const STEPS = {
  table: 'steps',
  key: 'step',
  columns: 'step, epoch, loss, accuracy, seconds',
  extremes: lowestAndHighest('loss', 'accuracy'),
  inBlocks: true,
} as const satisfies Thinned;

export function readSteps(db: Database, run: number, { stretches = STRETCHES, ...range }: CurveRange = {}): StepPoint[] {
  const bounds = boundsOf(db, STEPS, run, range, stretches);
  if (!bounds) return [];
  const means =
    bounds.width === 1
      ? []
      : readMeans(db, STEPS, run, bounds).map(([steps, loss, accuracy]) => ({
          steps,
          loss: loss ?? NaN,
          accuracy: accuracy ?? NaN,
        }));
  return readThinned<StepRow>(db, STEPS, run, bounds).map((row) => {
    const mean = means[stretchOf(row.step, bounds)];
    return { ...row, loss: row.loss ?? NaN, accuracy: row.accuracy ?? NaN, ...(mean && { mean }) };
  });
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

export const EPOCHS = {
  table: 'epochs',
  key: 'epoch',
  columns: `epoch, step, train_loss AS trainLoss, train_accuracy AS trainAccuracy, validation_loss AS validationLoss,
    validation_accuracy AS validationAccuracy, scores`,
  extremes: lowestAndHighest('train_loss', 'train_accuracy', 'validation_loss', 'validation_accuracy'),
} as const satisfies Thinned;

/** The range is of steps, as for the other curve of a chart. */
export function readEpochs(db: Database, run: number, { stretches = STRETCHES, from, to }: CurveRange = {}): RunDetail['epochs'] {
  const bounds = boundsOf(db, EPOCHS, run, epochsWithin(db, run, { from, to }), stretches);
  const rows = bounds ? readThinned<EpochRow>(db, EPOCHS, run, bounds) : [];
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

function epochsWithin(db: Database, run: number, { from, to }: Range): Range {
  if (from === undefined && to === undefined) return {};
  const row = db.get<{ first: number | null; last: number | null }>(
    'SELECT min(epoch) AS first, max(epoch) AS last FROM epochs WHERE run = @run AND step >= @from AND step <= @to',
    { run, from: from ?? -Infinity, to: to ?? Infinity },
  );
  // Between two epochs there is none.
  return typeof row?.first === 'number' && typeof row.last === 'number' ? { from: row.first, to: row.last } : { from: 1, to: 0 };
}
