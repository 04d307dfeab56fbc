// What an earlier plan measured of such runs, where it is of this engine and shapes do not speak against it.
import type { Measurement } from '#shared/measurement';
import { measuredClock, type EpochClock } from './epoch-clock';
import { Peaks } from './peaks';
import type { Subject } from './subject';

/** More apart than this from what shapes say, something has changed: it is to be measured anew. */
const MOST_APART = 0.25;
/** Of little tables, functions hold more than what they compute takes, which no shapes tell. */
const LITTLE_BYTES = 100e3;

export interface Measured {
  measurement: Measurement;
  /** Of the engine's memory alone. */
  peaks: Peaks;
  /** Absent where no more than its memory was measured. */
  clock?: EpochClock;
}

/** What is remembered of the engine that is loaded. */
export const ofThisEngine = ({ runtime }: Subject, remembered: readonly Measurement[] = []): Measurement | undefined =>
  remembered.find(({ engine }) => engine === `${runtime.report.name} ${runtime.report.version}`);

/** @param expected how long an epoch takes, for what was measured while others were at work */
export function measuredOf(
  subject: Subject,
  measurement: Measurement | undefined,
  epochs: number,
  expected?: EpochClock,
): Measured | undefined {
  // One size says nothing about others.
  if (!measurement || measurement.points.length < 2) return undefined;
  const { points } = measurement;
  const { micro, peakBytes } = points[points.length - 1];
  if (Math.abs(subject.peaks.at(micro) - peakBytes) > Math.max(MOST_APART * peakBytes, LITTLE_BYTES)) return undefined;
  return {
    measurement,
    peaks: new Peaks(points),
    clock: measuredClock(subject, measurement, epochs, expected),
  };
}
