// What was made, and how large it is.
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../setup/problem.mjs';

const MB = 1e6;
/** Beside Electron itself. Of it 20 MB are samples and weights, 18 decode pictures, 10 are engines, 20 leave room to grow: what is above has a package in it that nobody needs. */
export const MOST_OF_OURS = 75 * MB;

/** @param {{ folder: string, files: string[], electron: import('./electron.mjs').PackagedElectron }} made */
export async function report({ folder, files, electron }) {
  const all = await bytesBelow(folder);
  const ours = await bytesBelow(join(folder, 'resources'));
  console.log(`\nInstalled: ${mb(all)}, of which Overbatch ${mb(ours)} and Electron ${mb(all - ours)}.`);
  for (const file of files) console.log(`${mb((await stat(file)).size).padStart(8)}  ${file}`);
  if (electron.isDevelopment) {
    console.log(
      '\nNot for distribution: packaged with the copy of Electron for development, which is old. Where Electron’s releases are reachable the same command makes the real one.',
    );
  }
  if (ours > MOST_OF_OURS)
    throw new Problem(
      `Overbatch takes ${mb(ours)} beside Electron, and ${mb(MOST_OF_OURS)} are meant to be enough (scripts/package/report.mjs).`,
    );
}

/** @param {string} folder @returns {Promise<number>} */
export async function bytesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? bytesBelow(path) : (await lstat(path)).size;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** @param {number} bytes */
const mb = (bytes) => `${(bytes / MB).toFixed(0)} MB`;
