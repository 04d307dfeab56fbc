// What an import is of, as a short name: an import goes on only where another of the same sources and settings stopped.
import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import type { MaskOptions } from '#shared/segmentation';
import type { PictureOptions } from '#shared/dataset';
import type { Listing } from './importers/importer';
import type { JournalHead } from './journal';

/** To be raised when samples or what is noted of them are made in another way. */
const RULE = 2;

/** `listing`: without what was left out by choice. `found`: what else was found out before, that samples hang on. */
export async function headOf(
  path: string,
  { labels, pictures }: Listing,
  options: PictureOptions | MaskOptions,
  found: unknown = null,
): Promise<JournalHead> {
  const listed = pictures.map(({ file, label, split, bytes, group, mask }) => [file, label, split, bytes, group, mask?.file, mask?.bytes]);
  const hash = createHash('sha256').update(JSON.stringify([RULE, await realpath(path), options, labels, found]));
  return { identity: hash.update(JSON.stringify(listed)).digest('hex'), total: pictures.length };
}
