// Removes what an import that was cut off left behind and cannot go on, and the folders of removed versions that no run needs any more.
import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '#store/database';
import { hasDataset, markFreed, unneededDatasets } from '#store/datasets';
import { IMPORTING } from '#shared/importing';
import { INCOMING, OUTGOING } from '#shared/run-file/transfer';
import { forgetHiddenBefore } from '#store/transfer/hidden-run';
import { REMOVED } from '#shared/run-weights';
import { fromStored, type Folders } from '#store/location';
import { hasRecord } from './stopped-imports';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** At start: from then on nobody can undo the removal. */
export async function removeLeftovers(folders: Pick<Folders, 'root' | 'datasets' | 'runs'>, db: Database): Promise<void> {
  await removeOldFilesOfRuns(folders.runs);
  forgetHiddenBefore(db, new Date(Date.now() - OLD_MILLISECONDS));
  const names = await readdir(folders.datasets).catch(() => []);
  const dead = names.filter((name) => name.startsWith(IMPORTING));
  for (const name of dead) {
    const importing = path.join(folders.datasets, name);
    const id = name.slice(IMPORTING.length);
    const isKnown = hasDataset(db, id);
    const placed = path.join(folders.datasets, id);
    // Cut off between the last two steps: the version is in its place, and the history does not know it.
    const isCutOff = ID.test(id) && !isKnown && existsSync(placed);
    if (isCutOff) await rm(placed, { recursive: true, force: true });
    // Whether it can go on is seen when imports that were stopped are listed.
    else if (ID.test(id) && !isKnown && hasRecord(importing)) continue;
    await rm(importing, { recursive: true, force: true });
  }
  for (const { summary, folder } of unneededDatasets(db)) {
    await rm(fromStored(folders.root, folder), { recursive: true, force: true, maxRetries: 5 });
    markFreed(db, summary.id);
  }
}

/** Younger ones may be of a command line that is at work. */
const OLD_MILLISECONDS = 24 * 3_600_000;

async function removeOldFilesOfRuns(runs: string): Promise<void> {
  const names = await readdir(runs).catch(() => []);
  for (const name of names.filter((one) => [INCOMING, OUTGOING, REMOVED].some((begin) => one.startsWith(begin)))) {
    const folder = path.join(runs, name);
    // One that another program has just removed, or keeps open, is no reason to leave the others.
    const found = await stat(folder).catch(() => undefined);
    // Deleted weights are nobody's work any more, however young: an app that was closed while it removed them left them.
    const isDead = name.startsWith(REMOVED) || (found && Date.now() - found.mtimeMs > OLD_MILLISECONDS);
    if (isDead) await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}
