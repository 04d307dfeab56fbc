// How many files lie in the folders of the app and how large they are; never what they are called.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

export interface FolderSize {
  folders: number;
  files: number;
  bytes: number;
  /** There are more: counting them takes too long. */
  isCut?: true;
}

const MOST_FILES = 20_000;

/** `folders`: those directly in it. */
export async function sizeOf(folder: string): Promise<FolderSize> {
  const size: FolderSize = { folders: 0, files: 0, bytes: 0 };
  const look = async (place: string, isTop: boolean): Promise<void> => {
    for (const entry of await readdir(place, { withFileTypes: true }).catch(() => [])) {
      if (size.files >= MOST_FILES) return void (size.isCut = true);
      const one = path.join(place, entry.name);
      if (entry.isDirectory()) {
        if (isTop) size.folders++;
        await look(one, false);
      } else if (entry.isFile()) {
        size.files++;
        size.bytes += (await stat(one).catch(() => undefined))?.size ?? 0;
      }
    }
  };
  await look(folder, true);
  return size;
}
