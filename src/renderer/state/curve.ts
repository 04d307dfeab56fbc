// The training curve as points in order, thinned when it grows long: drawing and memory stay bounded however many steps a run has.
import { epochScores } from '#shared/metric-words';
import type { RunEventOf } from '#shared/run-event';
import type { EpochReading } from '#shared/run-record';
import type { StepPoint, StretchMean } from '#shared/curve';

export type { StepPoint };

/** Twice what the widest chart can show. */
export const MOST_POINTS = 8_000;

/** `points` with `more` after them; a resumed run may repeat steps, and the newer reading of a step counts. */
export function extended(points: readonly StepPoint[], more: readonly StepPoint[], most = MOST_POINTS): StepPoint[] {
  const [first] = more;
  if (!first) return [...points];
  let kept = points.length;
  while (kept > 0 && points[kept - 1].step >= first.step) kept--;
  const result = [...points.slice(0, kept), ...more];
  return result.length > most ? thinned(result, most / 2) : result;
}

/** Points that stand for a stretch: the lowest and the highest of both readings. */
const A_STRETCH = 4;

/** At most `most` points: the extremes of each stretch of steps, and its mean. */
function thinned(points: readonly StepPoint[], most: number): StepPoint[] {
  const newest = points[points.length - 1];
  const span = newest.step - points[0].step + 1;
  // Powers of two, so that a wider stretch is made of whole narrower ones.
  const width = 2 ** Math.ceil(Math.log2((A_STRETCH * span) / (most - A_STRETCH)));
  const stretches = new Map<number, StepPoint[]>();
  for (const point of points) {
    const stretch = Math.floor(point.step / width);
    const others = stretches.get(stretch);
    if (others) others.push(point);
    else stretches.set(stretch, [point]);
  }
  return [...stretches.values()].flatMap((stretch) => extremes(stretch, newest));
}

function extremes(points: StepPoint[], newest: StepPoint): StepPoint[] {
  const mean = meanOf(points);
  const kept = new Set([newest]);
  for (const of of ['loss', 'accuracy'] as const) {
    const known = points.filter((point) => !Number.isNaN(point[of]));
    if (known.length === 0) continue;
    kept.add(known.reduce((a, b) => (b[of] < a[of] ? b : a)));
    kept.add(known.reduce((a, b) => (b[of] > a[of] ? b : a)));
  }
  // A stretch without any number is a gap of the line.
  if (!points.some((point) => kept.has(point))) kept.add(points[0]);
  return points.filter((point) => kept.has(point)).map((point) => ({ ...point, mean }));
}

/** Each stretch that was thinned before counts once, by its steps. */
function meanOf(points: readonly StepPoint[]): StretchMean {
  const parts = new Set(points.map(({ mean, loss, accuracy }) => mean ?? { steps: 1, loss, accuracy }));
  const sums = { loss: 0, accuracy: 0 };
  const counts = { loss: 0, accuracy: 0 };
  let steps = 0;
  for (const part of parts) {
    steps += part.steps;
    for (const of of ['loss', 'accuracy'] as const) {
      if (Number.isNaN(part[of])) continue;
      sums[of] += part[of] * part.steps;
      counts[of] += part.steps;
    }
  }
  return { steps, loss: sums.loss / counts.loss, accuracy: sums.accuracy / counts.accuracy };
}

/** More diamonds would be one line. */
const MOST_EPOCHS = 2_000;

/** `epochs` with a newer one, which replaces what a resumed run does again. The newest stay as they are; of older ones the extremes do. */
export function withEpoch(epochs: readonly EpochReading[], newest: EpochReading, most = MOST_EPOCHS): EpochReading[] {
  const all = [...epochs.filter(({ epoch }) => epoch < newest.epoch), newest];
  if (all.length <= most) return all;
  const recent = all.slice(-most / 2);
  return [...halved(all.slice(0, -most / 2)), ...recent];
}

/** Of four neighbours two. */
function halved(epochs: readonly EpochReading[]): EpochReading[] {
  const loss = ({ validationLoss, trainLoss }: EpochReading) => (Number.isNaN(validationLoss) ? trainLoss : validationLoss);
  const best = epochs.reduce((a, b) => (b.validationAccuracy > a.validationAccuracy ? b : a));
  return epochs.filter((point, i) => {
    const four = epochs.slice(i - (i % 4), i - (i % 4) + 4);
    const sorted = [...four].sort((a, b) => loss(a) - loss(b));
    return i === 0 || point === best || point === sorted[0] || point === sorted[sorted.length - 1];
  });
}

export function epochPoint(event: RunEventOf<'epoch'>): EpochReading {
  const { epoch, step, train, validation } = event;
  const scores = epochScores(event);
  return {
    epoch,
    step,
    trainLoss: train.loss,
    trainAccuracy: train.accuracy,
    validationLoss: validation?.loss ?? NaN,
    validationAccuracy: validation?.accuracy ?? NaN,
    ...(scores && { scores }),
  };
}
