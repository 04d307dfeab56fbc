// Brings node_modules in step with package-lock.json, and does nothing (in milliseconds) when it is.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lastLines } from './command.mjs';
import { npm, npmProblem } from './npm.mjs';
import { root } from './paths.mjs';
import { stage } from './progress.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} LockedPackage */
/** @typedef {{ packages: Record<string, LockedPackage> }} Lock */

/**
 * npm writes what it installed to node_modules/.package-lock.json as its last act, so an interrupted installation has none.
 * A stamp of our own would call for `npm ci` after every `npm install`, too.
 * @param {Lock} wanted
 * @param {Lock | undefined} installed
 */
export function inStep(wanted, installed) {
  if (!installed) return false;
  return Object.entries(wanted.packages).every(([path, locked]) => {
    if (path === '') return true;
    const found = installed.packages[path];
    if (!found) return locked.optional === true || locked.devOptional === true;
    return found.version === locked.version && found.integrity === locked.integrity;
  });
}

/** @param {string} path @returns {Promise<Lock | undefined>} */
async function readLock(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

export async function ensureDependencies(folder = root) {
  const wanted = await readLock(join(folder, 'package-lock.json'));
  const installed = await readLock(join(folder, 'node_modules', '.package-lock.json'));
  if (wanted && inStep(wanted, installed)) return;
  await stage('Installing dependencies (npm ci)', async (note) => {
    const outcome = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=http'], {
      cwd: folder,
      onOutput: (text) => note(lastLines(text, 1).slice(0, 60)),
    });
    if (outcome.code !== 0) throw npmProblem(outcome.output, 'The dependencies');
  });
}
