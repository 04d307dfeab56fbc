// A plan with the time of an epoch: of what its parts were measured to take, by the computer that measured them.
import { availableParallelism } from 'node:os';
import { epochSeconds, rehearsedPace, type Cores, type EpochShape } from '#engine/epoch-time';
import type { Runtime } from '#engine/runtime';
import { toFailure } from '#shared/failure';
import type { Pace } from '#shared/pace';
import type { MeasuredPoint, Plan } from '#shared/plan';
import type { OpenData } from '../open-training-data';
import { turn } from '../turn';
import { interpolate } from './interpolate';
import { BRIEF, measurePace } from './measure-pace';
import { rehearse, type Rehearsed } from './rehearse';

export function coresOf({ isParallel }: Pick<Runtime, 'isParallel'>, { readers }: Pick<OpenData, 'readers'>): Cores {
  const all = availableParallelism();
  return { all, computing: isParallel ? all : 1, reading: readers };
}

export const shapeOf = ({ train, validation }: OpenData, { batch, micro }: Pick<Plan, 'batch' | 'micro'>, epochs: number): EpochShape => ({
  train: train.length,
  validation: validation.length,
  batch,
  micro,
  epochs,
});

/** Seconds of a piece of any size, from those that were tried: their curve, through what the pace was measured at. */
export function pieceSeconds(points: readonly MeasuredPoint[], { piece, micro }: Pace): (size: number) => number {
  const known = points.map((point) => [point.micro, point.milliseconds] as const);
  const scale = piece / interpolate(known, micro);
  return (size) => Math.max(0, scale * interpolate(known, size));
}

/** Of an epoch of the planned run. */
export const plannedSeconds = (pace: Pace, points: readonly MeasuredPoint[], shape: EpochShape, cores: Cores): number =>
  epochSeconds(pace, shape, cores, pieceSeconds(points, pace));

/** The plan with the time of an epoch as it really is: with updates, validation, reading and its end. Takes about a second where a piece does not. */
export async function withPace(plan: Plan, asked: Rehearsed): Promise<Plan> {
  const { bench, data, spec, runtime } = asked;
  const shape = shapeOf(data, plan, spec.epochs);
  const secondsBy = (pace: Pace, of = shape): number => plannedSeconds(pace, plan.measured, of, coresOf(runtime, data));
  try {
    const rehearsed = await rehearse(plan, asked);
    const effort = rehearsed.length > 0 ? BRIEF : undefined;
    const parts = await measurePace({ bench, data, seed: spec.seed, plan, isParallel: runtime.isParallel ?? false, pause: turn, effort });
    const pace = rehearsedPace(parts, rehearsed, shape, (of) => secondsBy(parts, of));
    return { ...plan, pace, secondsPerEpoch: secondsBy(pace) };
  } catch (error) {
    // The plan stands, and a run that has less room than its trials had makes its pieces smaller.
    if (toFailure(error).kind === 'out-of-memory') return plan;
    throw error;
  }
}
