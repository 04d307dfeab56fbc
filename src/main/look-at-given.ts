// What lies behind a path that somebody outside handed over: runs to take in, data to check, or why neither. Nothing of it is opened here
// but its last bytes, which tell a file of runs from another archive.
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { isRunFileName, MANIFEST, RUN_FILE_ENDING } from '#shared/run-file/manifest';
import { isDataName } from './openable';

export type Found = { kind: 'runs' | 'data'; is: 'folder' | 'file' } | { kind: 'refused'; sentence: string };

/** @param file a whole path */
export async function lookAtGiven(file: string): Promise<Found> {
  const name = path.basename(file);
  const found = path.isAbsolute(file) ? await stat(file).catch(() => undefined) : undefined;
  if (!found) return refused(`There is no file or folder ${file}. Check where it lies, and open it again.`);
  if (found.isDirectory()) return { kind: 'data', is: 'folder' };
  if (!found.isFile()) return refused(`“${name}” is no file but a device, pipe or socket. Open a file or a folder.`);
  if (isRunFileName(name) || (/\.zip$/i.test(name) && (await endsAsRuns(file)))) return { kind: 'runs', is: 'file' };
  if (isDataName(name)) return { kind: 'data', is: 'file' };
  return refused(
    `Overbatch cannot open “${name}”. It opens exported runs (${RUN_FILE_ENDING}), and data: a folder of pictures, a zip archive or a table (csv, tsv).`,
  );
}

const refused = (sentence: string): Found => ({ kind: 'refused', sentence });

/** The list of parts is written last, so its name is the last in the archive. */
const LAST_BYTES = 512;

async function endsAsRuns(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) return false;
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, LAST_BYTES));
    await handle.read(bytes, 0, bytes.length, size - bytes.length);
    return bytes.includes(MANIFEST);
  } catch {
    return false;
  } finally {
    await handle.close();
  }
}
