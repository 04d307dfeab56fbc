// What the figures of masks hide: classes that a model does not find, behind a mean over all of them.
import { meanIou, type Overlap } from '#shared/evaluation/overlap';
import { ratio } from '#shared/metric-words';

/** Below them a mask has next to nothing, or little, in common with what is marked. */
const NOT_FOUND = 0.05;
const HARDLY_FOUND = 0.2;

/** "“polygon” (IoU 0.016) is practically not found. The mean of 0.374 does not show it. …"; undefined where every class is found. */
export function notFoundWords(labels: readonly string[], overlaps: readonly Overlap[]): string | undefined {
  const missed = overlaps.flatMap(({ iou, so }, i) =>
    so > 0 && iou < HARDLY_FOUND ? [{ iou, name: `“${labels[i]}” (IoU ${ratio(iou)})` }] : [],
  );
  if (missed.length === 0) return undefined;
  const all = missed.map(({ name }) => name);
  const names = all.length === 1 ? all[0] : `${all.slice(0, -1).join(', ')} and ${all[all.length - 1]}`;
  const [are, them] = all.length === 1 ? ['is', 'it'] : ['are', 'them'];
  const how = missed.every(({ iou }) => iou < NOT_FOUND) ? 'practically not' : 'hardly';
  const mean = all.length === overlaps.length ? '' : ` The mean of ${ratio(meanIou(overlaps))} does not show it.`;
  return `${names} ${are} ${how} found.${mean} Train longer, or mark more pictures with ${them}.`;
}
