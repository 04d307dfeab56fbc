// What the figures of masks hide: classes that a model does not find, behind a mean over all of them.
import { meanIou, type Overlap } from '#shared/evaluation/overlap';
import { ratio } from '#shared/metric-words';

/** Below it a mask has next to nothing in common with what is marked. */
const HARDLY_FOUND = 0.05;

/** "“polygon” is practically not found (IoU 0.016). The mean of 0.374 does not show it: …"; undefined where every class is found. */
export function notFoundWords(labels: readonly string[], overlaps: readonly Overlap[]): string | undefined {
  const missed = overlaps.flatMap(({ iou, so }, i) => (so > 0 && iou < HARDLY_FOUND ? [`“${labels[i]}” (IoU ${ratio(iou)})`] : []));
  if (missed.length === 0) return undefined;
  const names = missed.length === 1 ? missed[0] : `${missed.slice(0, -1).join(', ')} and ${missed[missed.length - 1]}`;
  const [are, them] = missed.length === 1 ? ['is', 'it'] : ['are', 'them'];
  const mean = missed.length === overlaps.length ? '' : ` The mean of ${ratio(meanIou(overlaps))} does not show it.`;
  return `${names} ${are} practically not found.${mean} Train longer, or mark more pictures with ${them}.`;
}
