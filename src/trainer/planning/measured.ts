// What an earlier plan measured of such runs, where it is of this engine and shapes do not speak against it.
import type { Measurement } from '#shared/measurement';
import { measuredClock, type EpochClock } from './epoch-clock';
import { heldBytes } from './held-bytes';
import { Peaks } from './peaks';
import type { Subject } from './subject';

/** More apart than this from what shapes say, something has changed: it is to be measured anew. */
const MOST_APART = 0.25;

export interface Measured {
  measurement: Measurement;
  /** Of the engine's memory alone. */
  peaks: Peaks;
  clock: EpochClock;
}

export function measuredOf(subject: Subject, remembered: readonly Measurement[] = []): Measured | undefined {
  const { name, version } = subject.runtime.report;
  const measurement = remembered.find(({ engine }) => engine === `${name} ${version}`);
  // One size says nothing about others.
  if (!measurement || measurement.points.length < 2) return undefined;
  const held = heldBytes(subject, measurement);
  const points = measurement.points.map(({ micro, peakBytes }) => ({ micro, peakBytes: peakBytes - held }));
  const { micro, peakBytes } = points[points.length - 1];
  if (Math.abs(subject.peaks.at(micro) / peakBytes - 1) > MOST_APART) return undefined;
  return {
    measurement,
    peaks: new Peaks(points),
    clock: measuredClock(subject, measurement),
  };
}
