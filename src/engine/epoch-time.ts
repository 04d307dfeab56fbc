// How long an epoch takes: its mini-batches cut into pieces, an update each, its validation, the reading of all samples, and its end.
import type { Pace } from '#shared/pace';
import { usual } from '#shared/usual';
import { equalPieces } from './pieces';

export interface EpochShape {
  train: number;
  validation: number;
  /** N_B and N_μ. */
  batch: number;
  micro: number;
  /** Of the run. */
  epochs: number;
}

/** What an epoch's time is put together of, but for its pieces. */
export type Parts = Pick<Pace, 'update' | 'validation' | 'reading' | 'between' | 'epoch' | 'beginning'>;

export interface Cores {
  all: number;
  /** That an op is computed by. */
  computing: number;
  /** Threads that read ahead; 0: who computes reads as well. */
  reading: number;
}

/** The mean of all epochs of a run. @param piece seconds of a piece of so many samples */
export function epochSeconds(pace: Parts, shape: EpochShape, cores: Cores, piece: (size: number) => number): number {
  const { between = 0, epoch = 0, beginning = [] } = pace;
  const each = betweenEnds(pace, shape, cores, piece) + updatesOf(shape) * between + epoch;
  return each + Math.max(0, sum(beginning.slice(0, shape.epochs))) / shape.epochs;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

const updatesOf = ({ train, batch }: EpochShape): number => Math.ceil(train / Math.min(batch, train));

function betweenEnds(pace: Parts, shape: EpochShape, cores: Cores, piece: (size: number) => number): number {
  const { train, validation } = shape;
  const batch = Math.min(shape.batch, train);
  const full = Math.floor(train / batch);
  const miniBatch = (samples: number): number => (samples === 0 ? 0 : pace.update + sum(equalPieces(samples, shape.micro).map(piece)));
  const computing = full * miniBatch(batch) + miniBatch(train % batch) + validation * pace.validation;
  const reading = (train + validation) * pace.reading;
  if (cores.reading === 0) return computing + reading;
  // Side by side, but no faster than the threads read, nor than all cores do both.
  return Math.max(computing, reading / cores.reading, (computing * cores.computing + reading) / cores.all);
}

/** One that was made for real, in seconds. */
export interface RehearsedEpoch {
  seconds: number;
  /** From the end of its first update to that of its last. */
  updates: number;
}

/**
 * The pace by which an epoch takes as long as the first ones of the run did that were made for real.
 * @param shape of those
 * @param secondsOf an epoch, by its parts
 */
export function rehearsedPace(
  pace: Pace,
  rehearsed: readonly RehearsedEpoch[],
  shape: EpochShape,
  secondsOf: (shape: EpochShape) => number,
): Pace {
  if (rehearsed.length === 0) return pace;
  const half = Math.floor(rehearsed.length / 2);
  const later = rehearsed.slice(half);
  const each = usual(later.map(({ seconds }) => seconds));
  const counted = secondsOf(shape);
  // What they do beside their parts takes no time away: where they were quicker than those, all of it was.
  const share = Math.min(1, each / counted);
  const beside = Math.max(0, each - counted);
  const between = betweenUpdates(usual(later.map(({ updates }) => updates)), beside, shape, secondsOf);
  return {
    ...pace,
    piece: share * pace.piece,
    update: share * pace.update,
    validation: share * pace.validation,
    reading: share * pace.reading,
    between,
    epoch: beside - updatesOf(shape) * between,
    beginning: rehearsed.slice(0, half).map(({ seconds }) => seconds - each),
  };
}

/** What is beside its parts comes with each update as far as the time between those shows, and once an epoch else. */
function betweenUpdates(took: number, beside: number, shape: EpochShape, secondsOf: (shape: EpochShape) => number): number {
  const updates = updatesOf(shape);
  if (updates === 1) return 0;
  const counted = secondsOf({ ...shape, train: shape.train - shape.batch, validation: 0 });
  return Math.min(beside / updates, Math.max(0, took - counted) / (updates - 1));
}
