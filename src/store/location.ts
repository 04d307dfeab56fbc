// Where this person's history, data sets and runs lie, and what is about the app: the same places for the app and for the CLI.
import path from 'node:path';
import { FailureError } from '#shared/failure';
import { DATABASE_NAME, holdsData, readPointer } from './data-pointer';
import { userFolder } from './user-folder';

export { DATABASE_NAME } from './data-pointer';
export { userFolder } from './user-folder';

/**
 * The user's folder, or the one that the data was moved to.
 * @throws FailureError bad-setting where that is not there: what would be made in its place would hide it
 */
export function dataFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const user = userFolder(env, platform);
  const { folder } = readPointer(user) ?? { folder: user };
  if (folder === user || holdsData(folder)) return folder;
  throw new FailureError({ kind: 'bad-setting', problem: missingWords(folder) });
}

export const missingWords = (folder: string): string =>
  `The folder that holds your data, ${folder}, is not there. Connect the disk it is on and try again, or choose another data folder in Settings.`;

export interface Folders {
  root: string;
  /** Of the app itself; the same as `root` unless the data was moved. */
  user: string;
  database: string;
  logs: string;
  runs: string;
  datasets: string;
  /** Of a person's own, that runs start from. */
  models: string;
  /** Of the history. */
  backups: string;
  /** Reports of processes that ended unexpectedly. */
  crashes: string;
}

export function foldersIn(root: string, user = root): Folders {
  return {
    root,
    user,
    database: path.join(root, DATABASE_NAME),
    // Also written while the disk of the data is not there.
    logs: path.join(user, 'logs'),
    runs: path.join(root, 'runs'),
    datasets: path.join(root, 'datasets'),
    models: path.join(root, 'models'),
    backups: path.join(root, 'backups'),
    crashes: path.join(user, 'crashes'),
  };
}

/** The history names folders relative to the data folder, so that it can be moved; what lies elsewhere stays absolute. */
export function toStored(root: string, folder: string): string {
  const relative = path.relative(root, folder);
  return relative.startsWith('..') || path.isAbsolute(relative) ? folder : relative.split(path.sep).join('/');
}

export const fromStored = (root: string, stored: string): string => path.resolve(root, stored);

/** A run of the command line may lie in a folder of the person's own, in which nothing is removed. */
export function isOwnFolder({ root, runs }: Pick<Folders, 'root' | 'runs'>, stored: string): boolean {
  const way = path.relative(runs, fromStored(root, stored));
  return way !== '' && !way.startsWith('..') && !path.isAbsolute(way);
}
