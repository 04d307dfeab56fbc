// Where this person's history, data sets and runs lie: the same place for the app and for the CLI.
import { homedir } from 'node:os';
import path from 'node:path';

const FOLDER = 'Overbatch';

export const DATABASE_NAME = 'overbatch.db';

/** OVERBATCH_DATA names another place, e.g. a larger disk. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env.OVERBATCH_DATA) return path.resolve(env.OVERBATCH_DATA);
  switch (platform) {
    case 'win32':
      return path.join(env.APPDATA ?? path.join(homedir(), 'AppData', 'Roaming'), FOLDER);
    case 'darwin':
      return path.join(homedir(), 'Library', 'Application Support', FOLDER);
    default:
      return path.join(env.XDG_CONFIG_HOME || path.join(homedir(), '.config'), FOLDER);
  }
}

export interface Folders {
  root: string;
  database: string;
  logs: string;
  runs: string;
  datasets: string;
  /** Of a person's own, that runs start from. */
  models: string;
}

export function foldersIn(root: string): Folders {
  return {
    root,
    database: path.join(root, DATABASE_NAME),
    logs: path.join(root, 'logs'),
    runs: path.join(root, 'runs'),
    datasets: path.join(root, 'datasets'),
    models: path.join(root, 'models'),
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
