// Memory and learning rate step by step, thinned when they grow long: of neighbours those with the most memory and with the lowest and
// highest rate stay, as the history keeps them.
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

const NEIGHBOURS = 6;

/** At most three of each six. The newest is what is there now: it stays. */
function halved(points: readonly GaugePoint[]): GaugePoint[] {
  const kept = new Set([points[points.length - 1]]);
  for (let i = 0; i < points.length; i += NEIGHBOURS) {
    const near = points.slice(i, i + NEIGHBOURS);
    kept.add(near.reduce((a, b) => ((b.memoryBytes ?? 0) > (a.memoryBytes ?? 0) ? b : a)));
    kept.add(near.reduce((a, b) => ((b.learningRate ?? 0) < (a.learningRate ?? 0) ? b : a)));
    kept.add(near.reduce((a, b) => ((b.learningRate ?? 0) > (a.learningRate ?? 0) ? b : a)));
  }
  return points.filter((point) => kept.has(point));
}
