// What a plan measured, as it is remembered: the next forecast of such a run begins from it.
import type { DatasetSummary } from './dataset';
import { isDisturbed } from './disturbance';
import type { Pace } from './pace';
import type { MeasuredPoint, Plan } from './plan';
import { batchNormOf, OWN_MODEL, type RunSpec } from './run-spec';
import { stepSettings } from './step-settings';

/** What an epoch's time is put together of, as it was measured once. */
export interface Timing {
  pace: Pace;
  disturbed?: number;
}

export interface Measurement {
  /** Name and version: engines need different memory, and so may the next version of one. */
  engine: string;
  /** By growing size, without what was held for reading ahead, which other settings decide. */
  points: MeasuredPoint[];
  /** The smallest size that was the end of a process, where none since came through it. */
  diedAt?: number;
  /** What an epoch's time is put together of; a run's own plan does not say it. */
  pace?: Pace;
  /** When that was measured, ISO. */
  pacedAt?: string;
  /** As of a plan: of the pace, and of the process that measured it. */
  disturbed?: number;
  /** Measured before that one, newest first: computers are not always as fast. */
  earlier?: Timing[];
  /** The most that the process of such a run held beside its training. */
  ranBesideBytes?: number;
  /** ISO. */
  at: string;
}

/** Of no use to others: the plan of a run stage by stage, whose memory depends on the batch, too, and of one on features, made or to be made. */
export const canBeRemembered = ({ stages, onFeatures, measured }: Plan): boolean =>
  stages === undefined && onFeatures === undefined && measured.length > 0;

export const measurementOf = (
  plan: Pick<Plan, 'measured' | 'micro' | 'peakBytes' | 'heldBytes' | 'pace' | 'disturbed'>,
  engine: string,
  at: string,
  diedAt?: number,
): Measurement => ({
  engine,
  points: pointsOfRuns(plan),
  ...(plan.pace && { pace: plan.pace, pacedAt: at, ...(plan.disturbed !== undefined && { disturbed: plan.disturbed }) }),
  ...(diedAt !== undefined && { diedAt }),
  at,
});

/** A run needs a little more than its pieces were tried with: the functions of its other sizes hold something, too. */
function pointsOfRuns({
  measured,
  micro,
  peakBytes,
  heldBytes = 0,
}: Pick<Plan, 'measured' | 'micro' | 'peakBytes' | 'heldBytes'>): MeasuredPoint[] {
  const chosen = measured.find((point) => point.micro === micro);
  const more = chosen ? peakBytes - chosen.peakBytes : 0;
  return measured.map((point) => ({ ...point, peakBytes: point.peakBytes + more - heldBytes }));
}

/** An earlier size so near a newer one adds nothing but what has changed since. */
const NEAR = 1.1;
/** So many earlier paces are gone by. */
const MOST_EARLIER = 3;
const isNear = (a: number, b: number): boolean => Math.max(a, b) < NEAR * Math.min(a, b);

/** Its newest; none where it says nothing of time. */
const timingOf = ({ pace, disturbed }: Measurement): Timing[] => (pace ? [{ pace, ...(disturbed !== undefined && { disturbed }) }] : []);

/** Newest first. */
export const timingsOf = (measurement: Measurement): Timing[] => [...timingOf(measurement), ...(measurement.earlier ?? [])];

/** Of a time that is made of all of them; one that nobody disturbed tells it without the others. */
export function disturbanceOf(measurement: Measurement): number | undefined {
  const timings = timingsOf(measurement);
  return timings.every(isDisturbed) ? timings[0]?.disturbed : undefined;
}

/** What both know of one engine: a plan of few sizes does not take away what another measured. */
export function merged(earlier: Measurement, newer: Measurement): Measurement {
  const stays = earlier.points.filter((point) => !newer.points.some(({ micro }) => isNear(micro, point.micro)));
  const survived = Math.max(0, ...newer.points.map(({ micro }) => micro));
  const deaths = [earlier.diedAt, newer.diedAt].filter((micro) => micro !== undefined && micro > survived) as number[];
  const { engine } = newer;
  const ranBesideBytes = Math.max(earlier.ranBesideBytes ?? 0, newer.ranBesideBytes ?? 0);
  const { pace, pacedAt, disturbed } = newer.pace ? newer : earlier;
  const before = [...(newer.pace ? timingOf(earlier) : []), ...(earlier.earlier ?? [])].slice(0, MOST_EARLIER);
  const points = [...stays, ...newer.points].sort((a, b) => a.micro - b.micro);
  return {
    engine,
    points,
    ...(pace && { pace, ...(pacedAt !== undefined && { pacedAt }), ...(disturbed !== undefined && { disturbed }) }),
    ...(before.length > 0 && { earlier: before }),
    ...(ranBesideBytes > 0 && { ranBesideBytes }),
    ...(deaths.length > 0 && { diedAt: Math.min(...deaths) }),
    // What is known of its memory: of another kind nothing was measured.
    at: newer.points.length > 0 ? newer.at : earlier.at,
  };
}

/** The largest size that may be counted on where a larger one was the end of a process: what came through, or half of that one. */
export function mostSurvived({ points, diedAt }: Pick<Measurement, 'points' | 'diedAt'>): number | undefined {
  if (diedAt === undefined) return undefined;
  return Math.max(Math.floor(diedAt / 2), ...points.map(({ micro }) => micro).filter((micro) => micro < diedAt));
}

/** Of the way it is kept: what an earlier version kept otherwise is not found. */
const FORMAT = 3;

/** Of no weight for what a piece needs: which samples are held out, and what they are drawn by. */
const UNMEASURED: readonly (keyof RunSpec)[] = ['seed', 'validationShare', 'engine', 'workers'];

/** The same for runs whose pieces need the same on the same engine and device. */
export function measuredSettings(spec: RunSpec, data: DatasetSummary): string {
  // The start decides through the layers of a model of a person's own alone.
  const start = spec.model === OWN_MODEL ? spec.start : undefined;
  return JSON.stringify([FORMAT, stepSettings({ ...spec, start, batchNorm: batchNormOf(spec) }, UNMEASURED), shapeOf(data)]);
}

/** How wide a row is depends on what its columns hold. */
const shapeOf = (data: DatasetSummary): unknown[] =>
  data.kind === 'table' ? [data.contentHash] : [data.kind, data.width, data.height, data.channels, data.labels.length];
