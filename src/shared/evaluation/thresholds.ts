// One class against all others at every threshold: precision–recall and ROC curves with their areas, and the counts at one threshold.

/** At one threshold: a sample counts as found where its probability is at least that. */
export interface ThresholdPoint {
  threshold: number;
  /** Found and so, found and not so. */
  right: number;
  wrong: number;
}

export interface ThresholdCurve {
  /** Samples of the class, and of others. */
  positives: number;
  negatives: number;
  /** Highest threshold first: one for each different probability. */
  points: ThresholdPoint[];
}

/** `probabilities` n × `classes`. */
export function thresholdCurve(truth: Int32Array, probabilities: Float32Array, classes: number, label: number): ThresholdCurve {
  const order = Array.from(truth, (_, sample) => sample).sort(
    (a, b) => probabilities[b * classes + label] - probabilities[a * classes + label],
  );
  const points: ThresholdPoint[] = [];
  let [right, wrong] = [0, 0];
  order.forEach((sample, place) => {
    if (truth[sample] === label) right++;
    else wrong++;
    const threshold = probabilities[sample * classes + label];
    const next = order[place + 1];
    if (next === undefined || probabilities[next * classes + label] !== threshold) points.push({ threshold, right, wrong });
  });
  return { positives: right, negatives: wrong, points };
}

export const NOTHING_FOUND: ThresholdPoint = { threshold: Infinity, right: 0, wrong: 0 };

/** What counts at a threshold. */
export function pointAt({ points }: ThresholdCurve, threshold: number): ThresholdPoint {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle].threshold >= threshold) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? NOTHING_FOUND : points[low - 1];
}

/** Share of the found that are so; 1 where nothing is found, as the curve begins. */
export const precisionAt = ({ right, wrong }: ThresholdPoint): number => (right + wrong === 0 ? 1 : right / (right + wrong));

/** Area under the ROC curve: how often a sample of the class has a higher probability than one of another. NaN where either is missing. */
export function rocArea({ positives, negatives, points }: ThresholdCurve): number {
  let area = 0;
  let before = NOTHING_FOUND;
  for (const point of points) {
    area += ((point.wrong - before.wrong) * (point.right + before.right)) / 2;
    before = point;
  }
  return area / (positives * negatives);
}

/** Average precision: the precision of each step in recall, weighed by it. NaN where the class does not occur. */
export function averagePrecision({ positives, points }: ThresholdCurve): number {
  let area = 0;
  let before = 0;
  for (const point of points) {
    area += (point.right - before) * precisionAt(point);
    before = point.right;
  }
  return area / positives;
}

/** The precision–recall curve as the average precision counts it: each step in recall at the precision that comes with it. */
export function precisionSteps({ positives, points }: ThresholdCurve): { x: number; y: number }[] {
  let recall = 0;
  return points.flatMap((point) => {
    const [from, y] = [recall, precisionAt(point)];
    recall = point.right / positives;
    return [
      { x: from, y },
      { x: recall, y },
    ];
  });
}

/** The points at which recall, precision or false alarms have moved by a share of 1/`steps` since the one before, and the last: enough to draw it. */
export function drawnPoints({ positives, negatives, points }: ThresholdCurve, steps: number): ThresholdPoint[] {
  const placeOf = (point: ThresholdPoint) => [point.right / positives, point.wrong / negatives, precisionAt(point)];
  const drawn: ThresholdPoint[] = [];
  let before: number[] = [];
  for (const [i, point] of points.entries()) {
    const place = placeOf(point);
    if (i > 0 && i < points.length - 1 && !place.some((value, axis) => Math.abs(value - before[axis]) >= 1 / steps)) continue;
    drawn.push(point);
    before = place;
  }
  return drawn;
}

/** At most `most` of the points, first and last among them, evenly along the curve. */
export function thinned<T>(points: readonly T[], most: number): T[] {
  if (points.length <= most) return [...points];
  const step = (points.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => points[Math.round(i * step)]);
}
