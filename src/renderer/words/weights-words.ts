// What a run takes on the disk, and what cannot be done any more where its weights were deleted.
import { quoted, word } from '#shared/language';
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
  return [...(begun.length > 0 ? [begunWords(begun)] : []), ...(waiting.length > 0 ? [waitingWords(waiting)] : [])];
}

function named(names: readonly string[]): string {
  const all = names.slice(0, NAMED).map(quoted).join(', ');
  return names.length > NAMED ? `${all} and ${count(names.length - NAMED)} more` : all;
}

const begunWords = (names: readonly string[]): string =>
  names.length === 1
    ? `${named(names)} began with them: without them it cannot be repeated, nor taken to a cluster to be trained there.`
    : `${named(names)} began with them: without them they cannot be repeated, nor taken to a cluster to be trained there.`;

const waitingWords = (names: readonly string[]): string =>
  names.length === 1
    ? `${named(names)} waits in the queue to begin with them, and could not: take it out first, or let it begin.`
    : `${named(names)} wait in the queue to begin with them, and could not: take them out first, or let them begin.`;

/** "12.3 MB: weights 0.3 MB, checkpoints 11.8 MB, other 0.2 MB". */
export function diskWords(size: RunSize): string {
  const { weights, checkpoints, rest, goes } = size;
  const parts: [name: string, bytes: number][] = [
    [word('weights'), weights],
    [word('checkpoints'), checkpoints],
    [word('other'), rest],
  ];
  const of = parts.flatMap(([name, bytes]) => (bytes > 0 ? [`${name} ${formatBytes(bytes)}`] : [])).join(', ');
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
