// How long an epoch takes: its mini-batches cut into pieces, an update each, its validation, and the reading of all samples.
import type { Pace } from '#shared/pace';
import { equalPieces } from './pieces';

export interface EpochShape {
  train: number;
  validation: number;
  /** N_B and N_μ. */
  batch: number;
  micro: number;
}

export interface Cores {
  all: number;
  /** That an op is computed by. */
  computing: number;
  /** Threads that read ahead; 0: who computes reads as well. */
  reading: number;
}

/** @param piece seconds of a piece of so many samples */
export function epochSeconds(
  pace: Pick<Pace, 'update' | 'validation' | 'reading'>,
  shape: EpochShape,
  cores: Cores,
  piece: (size: number) => number,
): number {
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
