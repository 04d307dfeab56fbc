// Files and folders that are either whole or not there: written beside under another name, flushed, then renamed.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unfinished } from '#shared/unfinished';

/** Several parts are written one after another. */
type Content = string | Uint8Array | Iterable<Uint8Array>;

const partsOf = (content: Content): Iterable<Uint8Array> =>
  typeof content === 'string' ? [Buffer.from(content)] : content instanceof Uint8Array ? [content] : content;

function writeWhole(path: string, content: Content, isFlushed: boolean): void {
  const parts = partsOf(content);
  const handle = openSync(path, 'w');
  try {
    for (const bytes of parts) for (let at = 0; at < bytes.byteLength;) at += writeSync(handle, bytes, at);
    if (isFlushed) fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** One that is not flushed is whole unless the power fails soon after: its reader has to see whether it is. */
export function writeFileAtomic(path: string, content: Content, { isFlushed = true } = {}): void {
  const beside = unfinished(path);
  try {
    writeWhole(beside, content, isFlushed);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** Files that belong together: all lie beside before the first gets its name, so that a reader finds some of each only for a moment. */
export function writeFilesAtomic(files: readonly (readonly [path: string, content: Content])[]): void {
  try {
    for (const [path, content] of files) writeWhole(unfinished(path), content, true);
    for (const [path] of files) renameSync(unfinished(path), path);
  } catch (error) {
    for (const [path] of files) rmSync(unfinished(path), { force: true });
    throw error;
  }
}

/**
 * One that is there already is replaced, once the new one lies beside it; between the two renames there is none.
 * The files are written and flushed side by side: flushed together they cost little more than one. A function is asked for its content
 * while the others are being written.
 */
export async function writeFolderAtomic(folder: string, files: Record<string, Content | (() => Content)>): Promise<void> {
  const beside = unfinished(folder);
  await rm(beside, { recursive: true, force: true });
  try {
    await writeFolder(beside, files);
    await rm(folder, { recursive: true, force: true });
    await rename(beside, folder);
    await flushFolder(dirname(folder));
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw error;
  }
}

/** A name with "/" lies in a folder below. Where one file cannot be written the others are closed before that is said, so that the folder can be removed. */
export async function writeFolder(folder: string, files: Record<string, Content | (() => Content)>): Promise<void> {
  for (const parent of new Set(Object.keys(files).map(dirname))) await mkdir(join(folder, parent), { recursive: true });
  const givingUp = new AbortController();
  await Promise.all(
    Object.entries(files).map(([name, content]) =>
      writeFlushed(join(folder, name), content, givingUp.signal).catch((error: unknown) => givingUp.abort(error)),
    ),
  );
  // The first that went wrong.
  givingUp.signal.throwIfAborted();
}

async function writeFlushed(path: string, content: Content | (() => Content), givingUp: AbortSignal): Promise<void> {
  const handle = await open(path, 'w');
  try {
    for (const bytes of partsOf(typeof content === 'function' ? content() : content)) {
      if (givingUp.aborted) return;
      for (let at = 0; at < bytes.byteLength;) at += (await handle.write(bytes, at)).bytesWritten;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a rename in it last. Windows cannot open a folder to flush it; there the rename itself is journalled. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
