// A version is written under a name of its own and renamed at the end, so that a kill never leaves half a version.
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { DatasetManifest } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { writeManifest } from './manifest';
import { throwIfCancelled } from './watch';

const MARK = '.unfinished-';
const PATTERN = /\.unfinished-(\d+)-[0-9a-f]{8}$/;

/** Writes a version whole or not at all: `fill` puts everything but its manifest into the folder it is given. @throws FailureError bad-setting, cancelled, and what `fill` throws */
export async function writeVersion<Manifest extends DatasetManifest>(
  into: string,
  signal: AbortSignal | undefined,
  fill: (folder: string) => Promise<Manifest>,
): Promise<Manifest> {
  const unfinished = await beginVersion(into);
  try {
    const manifest = await fill(unfinished);
    await writeManifest(unfinished, manifest);
    throwIfCancelled(signal);
    await finishVersion(unfinished, into);
    return manifest;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Makes the folder to write in, beside `into`. @throws FailureError bad-setting when `into` already holds something */
export async function beginVersion(into: string): Promise<string> {
  const target = resolve(into);
  if ((await namesIn(target)).length > 0) {
    throw new FailureError({ kind: 'bad-setting', problem: `${target} already holds something. Choose a new name for the data set.` });
  }
  const folder = join(dirname(target), `${basename(target)}${MARK}${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(folder, { recursive: true });
  return folder;
}

/** From here on the version is there, whole, under its name. */
async function finishVersion(unfinished: string, into: string): Promise<void> {
  const target = resolve(into);
  await syncFolder(unfinished);
  // Windows does not rename onto an empty folder.
  await rmdir(target).catch(() => undefined);
  await rename(unfinished, target);
  await syncFolder(dirname(target));
}

/** Removes what killed imports left in `root`; those of processes still running are left alone. */
export async function cleanUnfinished(root: string): Promise<void> {
  for (const name of await namesIn(root)) {
    const owner = PATTERN.exec(name)?.[1];
    if (owner && !isRunning(Number(owner))) await rm(join(root, name), { recursive: true, force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') return [];
    throw error;
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is running too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Windows has no such thing as flushing a folder; there the rename is durable by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
