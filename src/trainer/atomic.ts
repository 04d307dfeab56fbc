// Files and folders that are either whole or not there: written beside under another name, flushed, then renamed.
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

function flush(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Several parts are written one after another. */
type Content = string | Uint8Array | readonly Uint8Array[];

function writeWhole(path: string, content: Content): void {
  const parts = typeof content === 'string' ? [Buffer.from(content)] : content instanceof Uint8Array ? [content] : content;
  const handle = openSync(path, 'w');
  try {
    for (const bytes of parts) for (let at = 0; at < bytes.byteLength;) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export function writeFileAtomic(path: string, content: Content): void {
  const beside = `${path}.unfinished`;
  try {
    writeWhole(beside, content);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** One that is there already is replaced, once the new one lies beside it; between the two renames there is none. */
export function writeFolderAtomic(folder: string, files: Record<string, Content>): void {
  const beside = `${folder}.unfinished`;
  rmSync(beside, { recursive: true, force: true });
  try {
    mkdirSync(beside, { recursive: true });
    for (const [name, content] of Object.entries(files)) writeWhole(join(beside, name), content);
    rmSync(folder, { recursive: true, force: true });
    renameSync(beside, folder);
    // Windows cannot open a folder to flush it; there the rename itself is journalled.
    if (process.platform !== 'win32') flush(dirname(folder));
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    throw error;
  }
}
