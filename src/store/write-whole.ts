// A small file that is either whole or as it was: written beside, flushed, then renamed.
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export function writeWhole(file: string, text: string): void {
  const beside = `${file}.${process.pid}.partial`;
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    const handle = openSync(beside, 'w');
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  flushFolder(path.dirname(file));
}

/** Makes a rename in it last. Windows cannot open a folder to flush it; there the rename itself is journalled. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
