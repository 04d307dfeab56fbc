// What a run takes on the disk, and what cannot be done any more where its weights were deleted.
import { formatBytes } from '#shared/bytes';
import { onDisk, type RunSize, type WeightsUse } from '#shared/run-weights';
import { count } from './numbers';
import { day } from './time';

export const withoutWeights = (deletedAt: string, now = new Date()): string =>
  `Its weights were deleted (${day(deletedAt, now)}). It cannot be tried, judged, taken away or made longer any more; settings, curves and receipt are kept. Repeat it to have a model again.`;

/** Names told. */
const NAMED = 3;

/** What goes with weights that others begin with; nothing where none do. */
export function neededWords({ begun, waiting }: WeightsUse): string[] {
  const named = (names: readonly string[]): string => {
    const more = names.length > NAMED ? ` and ${count(names.length - NAMED)} more` : '';
    return `${names
      .slice(0, NAMED)
      .map((name) => `“${name}”`)
      .join(', ')}${more}`;
  };
  const [began, waits] = [begun.length === 1, waiting.length === 1];
  return [
    ...(begun.length > 0
      ? [
          `${named(begun)} began with them: without them ${began ? 'it cannot' : 'they cannot'} be repeated, nor taken to a cluster to be trained there.`,
        ]
      : []),
    ...(waiting.length > 0
      ? [
          `${named(waiting)} ${waits ? 'waits' : 'wait'} in the queue to begin with them, and could not: take ${waits ? 'it' : 'them'} out first, or let ${waits ? 'it' : 'them'} begin.`,
        ]
      : []),
  ];
}

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
