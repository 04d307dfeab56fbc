// What takes the room in the data folder, told by who watches its disk: weights of runs, imported data, backups of the history.
import type { DiskUse } from '#shared/disk-state';
import { listBackups } from '#store/backups';
import { listDatasets } from '#store/datasets';
import { DiskWatch } from './disk-watch';
import { measuredRuns } from './measured-runs';
import { RunSizes } from './run-sizes';
import type { Services } from './services';

async function diskUse({ db, folders, sizes }: Pick<Services, 'db' | 'folders' | 'sizes'>): Promise<DiskUse> {
  // What lies in a folder of the person's own is not on this disk, or not known to be.
  const runs = Object.values(await sizes.of(measuredRuns({ db, folders }).filter(({ isOwn }) => !isOwn)));
  return {
    weights: sum(runs.map(({ weights, checkpoints }) => weights + checkpoints)),
    goes: sum(runs.map(({ goes }) => goes)),
    datasets: sum(listDatasets(db).map(({ bytesOnDisk }) => bytesOnDisk)),
    backups: sum(listBackups(folders.backups).map(({ bytes }) => bytes)),
  };
}

/** Its runs are measured once for whoever asks. */
export function watchDisk({ db, folders, training, send }: Pick<Services, 'db' | 'folders' | 'training' | 'send'>) {
  const sizes = new RunSizes();
  const disk = new DiskWatch({ root: folders.root, training, send, use: () => diskUse({ db, folders, sizes }) });
  return { disk, sizes };
}

const sum = (all: readonly number[]): number => all.reduce((one, other) => one + other, 0);
