// What the person chose, opened: a folder, an archive, or one file that says where the others are.
import { open, realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { FailureError, toFailure } from '#shared/failure';
import type { Watch } from '../watch';
import { FolderSource } from './folder';
import type { Source } from './source';
import { isOfTheSystem } from './system-folder';
import { ZipSource } from './zip';

export interface Place {
  source: Source;
  /** The file that was chosen, of the folder it lies in; absent where a folder or an archive was. */
  chosen?: string;
}

const ZIP_MAGIC = ['PK\x03\x04', 'PK\x05\x06'];
/** Archives that are known and not read: their name, and the bytes they begin with. */
const UNREAD: readonly [name: string, magic: string][] = [
  ['7-Zip', '7z\xbc\xaf\x27\x1c'],
  ['RAR', 'Rar!\x1a\x07'],
  ['xz', '\xfd7zXZ\0'],
  ['bzip2', 'BZh'],
  ['Zstandard', '\x28\xb5\x2f\xfd'],
  ['HDF5', '\x89HDF\r\n'],
];

/** The caller closes its source. @throws FailureError dataset-missing, dataset-invalid, cancelled */
export async function openPlace(path: string, watch: Watch): Promise<Place> {
  let real: string;
  let isFolder: boolean;
  try {
    real = await realpath(path);
    const found = await stat(real);
    isFolder = found.isDirectory();
    // Opening a pipe would wait for whoever writes into it.
    if (!isFolder && !found.isFile()) throw invalid(path, 'it is neither a folder nor a file. Choose a folder, an archive or a table.');
    if (isFolder && (await isOfTheSystem(real))) throw invalid(path, 'it belongs to the system. Choose the folder that holds your data.');
  } catch (error) {
    if (error instanceof FailureError || toFailure(error).kind === 'no-permission') throw notOpened(path, error);
    throw new FailureError({ kind: 'dataset-missing', path });
  }
  if (isFolder) return { source: new FolderSource(real) };
  try {
    const start = await firstBytes(real);
    if (ZIP_MAGIC.some((magic) => start.startsWith(magic))) return { source: await ZipSource.open(real, watch) };
    const unread = UNREAD.find(([, magic]) => start.startsWith(magic));
    if (unread)
      throw invalid(
        path,
        `it is a ${unread[0]} file, and zip archives are read. Unpack it and choose the folder, or save it as a zip archive.`,
      );
  } catch (error) {
    throw notOpened(path, error);
  }
  return { source: new FolderSource(dirname(real)), chosen: basename(real) };
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

const invalid = (path: string, problem: string) => new FailureError({ kind: 'dataset-invalid', path, problem });

/** The system's refusal in our words; anything else as it is. */
export function notOpened(path: string, error: unknown): unknown {
  if (toFailure(error).kind !== 'no-permission') return error;
  return invalid(path, 'it may not be opened. Change its permissions, or choose another.');
}
