// A disk that is nearly full, in plain words.
import { formatBytes } from '#shared/bytes';
import { spareBytes, type DiskRoom } from '#shared/disk-room';
import type { DiskUse } from '#shared/disk-state';

/** More would push the page away that the person came for. */
const MOST_NAMED = 2;

/** "Imported data takes 2.1 GB. Models and checkpoints of runs take 1.2 GB.": what takes most, and what a new start would free. */
export function useWords({ weights, goes, datasets, backups }: DiskUse): string {
  const lines: [bytes: number, line: string][] = [
    [weights, `Models and checkpoints of runs take ${formatBytes(weights)}.`],
    [datasets, `Imported data takes ${formatBytes(datasets)}.`],
    [backups, `Backups of the history take ${formatBytes(backups)}.`],
  ];
  const most = lines
    .filter(([bytes]) => bytes > 0)
    .sort(([one], [other]) => other - one)
    .slice(0, MOST_NAMED)
    .map(([, line]) => line);
  return [...most, ...(goes > 0 ? [`Weights that were deleted take ${formatBytes(goes)} until Overbatch is next started.`] : [])].join(' ');
}

/** Why a run is not to be started; undefined where there is room, or nobody knows. */
export function lacksRunRoom(neededBytes: number, disk: DiskRoom | undefined): string | undefined {
  const left = leftOn(disk);
  if (left >= neededBytes) return undefined;
  return `Too little room on the disk: this run saves up to ${formatBytes(neededBytes)}, and there is room for ${formatBytes(left)}. Make some in History, Data or Settings.`;
}

/** The same of data that is about to be imported. */
export function lacksImportRoom(neededBytes: number, disk: DiskRoom | undefined): string | undefined {
  const left = leftOn(disk);
  if (left >= neededBytes) return undefined;
  return `Too little room on the disk: this takes up to ${formatBytes(neededBytes)}, and there is room for ${formatBytes(left)}. Leave some out, store pictures smaller, or make room in History or Settings.`;
}

/** Beside what stays free. */
const leftOn = (disk: DiskRoom | undefined): number => (disk ? Math.max(0, disk.freeBytes - spareBytes(disk)) : Infinity);
