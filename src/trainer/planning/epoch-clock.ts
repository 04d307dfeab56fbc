// How long an epoch of a batch size takes: by what was measured of such runs, or expected of what a step computes and how fast this computer is.
import { epochSeconds } from '#engine/epoch-time';
import { expectedPace, type Speed } from '#engine/expected-pace';
import { PASSES, stepWork } from '#engine/step-work';
import { sizeOf } from '#engine/layers/layer';
import { spanOf } from '#shared/disturbance';
import type { BatchForecast } from '#shared/forecast';
import { timingsOf, type Measurement, type Timing } from '#shared/measurement';
import type { TimeSpan } from '#shared/time-span';
import { coresOf, plannedSeconds, shapeOf } from './paced';
import type { Subject } from './subject';

export type EpochClock = (cut: Pick<BatchForecast, 'batch' | 'micro' | 'stages'>) => TimeSpan;

/**
 * Undefined where its pieces alone were timed, as at the start of a run: an epoch is more than those.
 * @param expected beside it, for what was measured while others were at work
 */
export function measuredClock(
  { data, runtime }: Subject,
  measurement: Measurement,
  epochs: number,
  expected?: EpochClock,
): EpochClock | undefined {
  const [newest, ...earlier] = timingsOf(measurement);
  if (!newest) return undefined;
  return (row) => {
    const timed = ({ pace, disturbed }: Timing) => ({
      seconds: plannedSeconds(pace, measurement.points, shapeOf(data, row, epochs), coresOf(runtime, data)),
      disturbed,
    });
    return spanOf([timed(newest), ...earlier.map(timed)], expected?.(row));
  };
}

/** @param isParallel as the run will be computed, whatever this process is */
export function expectedClock({ data, network, runtime }: Subject, speed: Speed, isParallel: boolean, epochs: number): EpochClock {
  const cores = coresOf({ isParallel }, data);
  const work = stepWork(network);
  const inputValues = sizeOf(data.inputShape);
  return (row) => {
    const pace = expectedPace({ engine: runtime.report.name, isParallel, speed }, { work, micro: row.micro, inputValues });
    // Stage by stage there are two forward passes, and part of one is made again.
    const scale = row.stages ? (PASSES + 1 + row.stages.recomputedShare) / PASSES : 1;
    const secondsPerEpoch = epochSeconds(pace, shapeOf(data, row, epochs), cores, (size) => scale * pace.piece(size));
    return { secondsPerEpoch, timesApart: speed.timesApart };
  };
}
