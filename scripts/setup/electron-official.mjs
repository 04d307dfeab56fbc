// Electron's own release, downloaded with the mechanism and the SHA-256 list of the electron package, into the cache.
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { completeFolder } from './atomic-folder.mjs';
import { root } from './paths.mjs';

/** Without a byte for this long the download is given up. */
export const STALL_MS = 20_000;

/** @param {NodeJS.Platform} platform */
export function executableIn(platform = process.platform) {
  if (platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/** @param {string} cache @param {string} version */
export const officialFolder = (cache, version) => join(cache, `electron-${version}-${process.platform}-${process.arch}`);

export function electronVersion() {
  /** @type {{ version: string }} */
  const description = createRequire(join(root, 'package.json'))('electron/package.json');
  return description.version;
}

/**
 * Honours ELECTRON_MIRROR and the other variables of @electron/get.
 * @param {string} cache
 * @param {{ note?: (text: string) => void, stallMs?: number, checksums?: Record<string, string> }} [options]
 * @returns {Promise<string>} the executable
 */
export async function downloadOfficial(cache, options = {}) {
  const version = electronVersion();
  const fromElectron = createRequire(createRequire(join(root, 'package.json')).resolve('electron/package.json'));
  const { downloadArtifact, ElectronDownloadCacheMode } = await import(pathToFileURL(fromElectron.resolve('@electron/get')).href);
  const { extract } = fromElectron('@electron-internal/extract-zip');

  const controller = new AbortController();
  const stallMs = options.stallMs ?? STALL_MS;
  const stalled = () => controller.abort(new Error(`no progress for ${stallMs / 1000} s`));
  let timer = setTimeout(stalled, stallMs);
  /** @param {{ percent: number }} progress */
  const getProgressCallback = ({ percent }) => {
    clearTimeout(timer);
    timer = setTimeout(stalled, stallMs);
    options.note?.(`${Math.floor(percent * 100)} %`);
  };

  const folder = officialFolder(cache, version);
  try {
    await completeFolder(folder, async (beside) => {
      const zip = await downloadArtifact({
        version,
        artifactName: 'electron',
        platform: process.platform,
        arch: process.arch,
        checksums: options.checksums ?? fromElectron('./checksums.json'),
        cacheMode: ElectronDownloadCacheMode.Bypass,
        tempDirectory: beside,
        downloadOptions: { quiet: true, signal: controller.signal, getProgressCallback },
      });
      clearTimeout(timer);
      await extract(zip, { dir: beside });
      await rm(dirname(zip), { recursive: true });
    });
  } finally {
    clearTimeout(timer);
  }
  return join(folder, executableIn());
}

/** One phrase for what stopped the download. @param {unknown} error */
export function whyNot(error) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (/ENOTFOUND|EAI_AGAIN/.test(code)) return 'its address is not known here';
  if (/ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ECONNRESET|UND_ERR/.test(code)) return 'no connection';
  const message = cause instanceof Error ? cause.message : String(cause);
  const status = /^Response code (\d+)/.exec(message)?.[1];
  return status ? `the server answered ${status}` : message;
}
