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
export type Parts = Pick<Pace, 'update' | 'validation' | 'reading' | 'epoch' | 'beginning'>;

export interface Cores {
  all: number;
  /** That an op is computed by. */
  computing: number;
  /** Threads that read ahead; 0: who computes reads as well. */
  reading: number;
}

/** The mean of all epochs of a run. @param piece seconds of a piece of so many samples */
export function epochSeconds(pace: Parts, shape: EpochShape, cores: Cores, piece: (size: number) => number): number {
  const { epoch = 0, beginning = 0 } = pace;
  return betweenEnds(pace, shape, cores, piece) + epoch + beginning / shape.epochs;
}

function betweenEnds(pace: Parts, shape: EpochShape, cores: Cores, piece: (size: number) => number): number {
  const { train, validation } = shape;
  const batch = Math.min(shape.batch, train);
  const full = Math.floor(train / batch);
  const miniBatch = (samples: number): number =>
    samples === 0 ? 0 : pace.update + equalPieces(samples, shape.micro).reduce((sum, size) => sum + piece(size), 0);
  const computing = full * miniBatch(batch) + miniBatch(train % batch) + validation * pace.validation;
  const reading = (train + validation) * pace.reading;
  if (cores.reading === 0) return computing + reading;
  // Side by side, but no faster than the threads read, nor than all cores do both.
  return Math.max(computing, reading / cores.reading, (computing * cores.computing + reading) / cores.all);
}

/**
 * The pace by which an epoch takes as long as the first ones of the run did that were made for real.
 * @param rehearsed seconds of each of those
 * @param counted seconds of one by its parts
 */
export function rehearsedPace(pace: Pace, rehearsed: readonly number[], counted: number): Pace {
  if (rehearsed.length === 0) return pace;
  const half = Math.floor(rehearsed.length / 2);
  const each = usual(rehearsed.slice(half));
  const beginning = rehearsed.slice(0, half).reduce((sum, seconds) => sum + seconds - each, 0);
  // What they do beside their parts takes no time away: where they were quicker than those, all of it was.
  const share = Math.min(1, each / counted);
  return {
    ...pace,
    piece: share * pace.piece,
    update: share * pace.update,
    validation: share * pace.validation,
    reading: share * pace.reading,
    epoch: Math.max(0, each - counted),
    beginning: Math.max(0, beginning),
  };
}
