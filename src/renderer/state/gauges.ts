// Memory and learning rate step by step, thinned when they grow long: of neighbours the one that took more memory stays.
import type { GaugePoint } from '#shared/gauges';

const MOST_POINTS = 2_000;

/** `points` with `more` after them; a resumed run may repeat steps, and the newer reading of a step counts. */
export function withGauges(points: readonly GaugePoint[], more: readonly GaugePoint[], most = MOST_POINTS): GaugePoint[] {
  const [first] = more;
  if (!first) return [...points];
  const kept = points.filter(({ step }) => step < first.step);
  let result = [...kept, ...more.map(({ step, learningRate, memoryBytes }) => ({ step, learningRate, memoryBytes }))];
  while (result.length > most) result = halved(result);
  return result;
}

/** The newest is what is there now: it stays. */
function halved(points: readonly GaugePoint[]): GaugePoint[] {
  const newest = points[points.length - 1];
  const result: GaugePoint[] = [];
  for (let i = 0; i < points.length - 1; i += 2) {
    const [a, b] = [points[i], points[i + 1]];
    result.push((a.memoryBytes ?? 0) > (b.memoryBytes ?? 0) ? a : b);
  }
  if (result[result.length - 1] !== newest) result.push(newest);
  return result;
}
