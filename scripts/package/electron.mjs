// Which Electron goes into the package: the release, or the copy for development where nothing else is reachable.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { REGISTRY_ELECTRON_VERSION, registryFolder } from '../setup/electron-registry.mjs';
import { ensureElectron } from '../setup/electron.mjs';
import { cacheFolder } from '../setup/paths.mjs';
import { Problem } from '../setup/problem.mjs';

/**
 * @typedef {object} PackagedElectron
 * @property {string} folder the unpacked release
 * @property {string} version e.g. "45.4.1"
 * @property {boolean} isDevelopment another product's old shell: what is made of it is not for distribution
 */

/** @returns {Promise<PackagedElectron>} */
export async function electronToPackage(cache = cacheFolder()) {
  const { path, reason } = await ensureElectron({ given: true }, cache);
  if (!path) throw new Problem(`There is no Electron to package: ${reason}. Connect to the network, or name one with OVERBATCH_ELECTRON.`);
  // On macOS the release is three folders above its program.
  const folder = process.platform === 'darwin' ? dirname(dirname(dirname(dirname(path)))) : dirname(path);
  if (folder === registryFolder(cache)) return { folder, version: REGISTRY_ELECTRON_VERSION, isDevelopment: true };
  const version = await readFile(join(folder, 'version'), 'utf8').catch(() => '');
  if (!/^v?\d+\.\d+\.\d+/.test(version))
    throw new Problem(`${folder} is no release of Electron (its file "version" is missing). Name the program of an unpacked release.`);
  return { folder, version: version.trim().replace(/^v/, ''), isDevelopment: false };
}
