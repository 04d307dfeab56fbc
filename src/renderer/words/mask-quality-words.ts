// What the figures of masks hide: classes that a model does not find, behind a mean over all of them.
import { listed, quoted } from '#shared/language';
import { meanIou, type Overlap } from '#shared/evaluation/overlap';
import { ratio } from '#shared/metric-words';

/** Below them a mask has next to nothing, or little, in common with what is marked. */
const NOT_FOUND = 0.05;
const HARDLY_FOUND = 0.2;

/** "“polygon” (IoU 0.016) is practically not found. The mean of 0.374 does not show it. …"; undefined where every class is found. */
export function notFoundWords(labels: readonly string[], overlaps: readonly Overlap[]): string | undefined {
  const missed = overlaps.flatMap(({ iou, so }, i) =>
    so > 0 && iou < HARDLY_FOUND ? [{ iou, name: `${quoted(labels[i])} (IoU ${ratio(iou)})` }] : [],
  );
  if (missed.length === 0) return undefined;
  const names = listed(missed.map(({ name }) => name));
  const isNone = missed.every(({ iou }) => iou < NOT_FOUND);
  const mean = missed.length === overlaps.length ? '' : ` The mean of ${ratio(meanIou(overlaps))} does not show it.`;
  if (missed.length === 1) {
    const how = isNone ? `${names} is practically not found.` : `${names} is hardly found.`;
    return `${how}${mean} Train longer, or mark more pictures with it.`;
  }
  const how = isNone ? `${names} are practically not found.` : `${names} are hardly found.`;
  return `${how}${mean} Train longer, or mark more pictures with them.`;
}
