// What takes the room in the data folder: weights of runs, imported data, backups of the history.
import type { DiskUse } from '#shared/disk-state';
import { listBackups } from '#store/backups';
import { listDatasets } from '#store/datasets';
import { measuredRuns } from './measured-runs';
import type { Services } from './services';

export async function diskUse({ db, folders, sizes }: Pick<Services, 'db' | 'folders' | 'sizes'>): Promise<DiskUse> {
  // What lies in a folder of the person's own is not on this disk, or not known to be.
  const runs = Object.values(await sizes.of(measuredRuns({ db, folders }).filter(({ isOwn }) => !isOwn)));
  return {
    weights: sum(runs.map(({ weights, checkpoints }) => weights + checkpoints)),
    goes: sum(runs.map(({ goes }) => goes)),
    datasets: sum(listDatasets(db).map(({ bytesOnDisk }) => bytesOnDisk)),
    backups: sum(listBackups(folders.backups).map(({ bytes }) => bytes)),
  };
}

const sum = (all: readonly number[]): number => all.reduce((one, other) => one + other, 0);
