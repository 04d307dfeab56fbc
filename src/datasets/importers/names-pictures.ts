// Whether a table is a list of pictures that lie beside it, or is itself what is learnt from.
import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { FolderSource } from '../sources/folder';
import { readHead } from '../tables/text';
import type { Watch } from '../watch';
import { readLabelTable } from './label-table';
import { PictureNames } from './picture-names';

/** A table may lie among anything, a whole disk below it: pictures that it names are among the first files found, or it names none. */
const MOST_LOOKED = 20_000;

/** @param path of a file */
export async function namesPictures(path: string, watch: Watch = {}): Promise<boolean> {
  const real = await realpath(path);
  const head = await readHead(real);
  // The head of a longer file ends inside a row.
  const rows = head.subarray(0, Math.max(head.lastIndexOf(0x0a), head.lastIndexOf(0x0d)) + 1 || head.length);
  // Most tables have no cell that could name a file: then nothing is looked for.
  if (!readLabelTable(rows, couldName)) return false;
  const source = new FolderSource(dirname(real));
  try {
    const names = await PictureNames.of(source, { signal: watch.signal }, MOST_LOOKED);
    return readLabelTable(rows, (cell) => names.find(cell, basename(real)) !== undefined) !== undefined;
  } finally {
    await source.close();
  }
}

/** No broken number, date or empty cell does. */
const couldName = (cell: string): boolean =>
  cell.trim() !== '' && !/^[-+]?\d+[.,]\d+(?:e[-+]?\d+)?$|^\d{1,4}[-/.]\d{1,2}[-/.]\d/i.test(cell.trim());
