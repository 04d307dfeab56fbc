// What a run takes on the disk, and what cannot be done any more where its weights were deleted.
import { formatBytes } from '#shared/bytes';
import { onDisk, type RunSize } from '#shared/run-weights';
import { day } from './time';

export const withoutWeights = (deletedAt: string, now = new Date()): string =>
  `Its weights were deleted (${day(deletedAt, now)}). It cannot be tried, judged, taken away or made longer any more; settings, curves and receipt are kept. Repeat it to have a model again.`;

/** "12.3 MB: weights 0.3 MB, checkpoints 11.8 MB, other 0.2 MB". */
export function diskWords(size: RunSize): string {
  const { weights, checkpoints, rest, goes } = size;
  const parts = Object.entries({ weights, checkpoints, other: rest }).filter(([, bytes]) => bytes > 0);
  const of = parts.map(([name, bytes]) => `${name} ${formatBytes(bytes)}`).join(', ');
  const later = goes > 0 ? `; ${formatBytes(goes)} of deleted weights are free when Overbatch is next started` : '';
  return `${formatBytes(onDisk(size))}${of === '' ? '' : `: ${of}`}${later}`;
}

/** Of many, for a page's lead: "1.2 GB on disk". Undefined before they were measured. */
export function totalOnDisk(sizes: Record<string, RunSize>): string | undefined {
  const all = Object.values(sizes);
  const sum = (of: (size: RunSize) => number) => all.reduce((total, size) => total + of(size), 0);
  if (all.length === 0) return undefined;
  const goes = sum((size) => size.goes);
  return `${formatBytes(sum(onDisk))} on disk${goes > 0 ? `, and ${formatBytes(goes)} that are free after the next start` : ''}`;
}
