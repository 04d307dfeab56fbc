// The training curve as points in order, thinned when it grows long: drawing and memory stay bounded however many steps a run has.
export interface StepPoint {
  step: number;
  epoch: number;
  loss: number;
  accuracy: number;
  seconds: number;
}

/** Twice what the widest chart can show. */
export const MOST_POINTS = 8_000;

/** `points` with `more` after them; a resumed run may repeat steps, and the newer reading of a step counts. */
export function extended(points: readonly StepPoint[], more: readonly StepPoint[], most = MOST_POINTS): StepPoint[] {
  const [first] = more;
  if (!first) return [...points];
  let kept = points.length;
  while (kept > 0 && points[kept - 1].step >= first.step) kept--;
  let result = [...points.slice(0, kept), ...more];
  while (result.length > most) result = halved(result);
  return result;
}

/** Neighbours averaged in pairs, placed at the later of the two. */
function halved(points: readonly StepPoint[]): StepPoint[] {
  const result: StepPoint[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [a, b] = [points[i], points[i + 1]];
    result.push({ ...b, loss: (a.loss + b.loss) / 2, accuracy: (a.accuracy + b.accuracy) / 2 });
  }
  if (points.length % 2 === 1) result.push(points[points.length - 1]);
  return result;
}
