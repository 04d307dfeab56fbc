// Safe mode: nothing of the person's is opened. What is done in it lies in a folder of its own, empty at each such start.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { readPointer } from '#store/data-pointer';
import { foldersIn, type Folders } from '#store/location';
import type { FoundData } from './data-place';

const FOLDER = 'safe-mode';
const MOST_FOLDERS = 20;

/** Another one where something of the last cannot be removed: it may be open, or another user's. @throws where none can be emptied */
export function emptyFolders(user: string): Folders {
  for (let place = 1; ; place++) {
    const root = path.join(user, place === 1 ? FOLDER : `${FOLDER}-${place}`);
    try {
      rmSync(root, { recursive: true, force: true, maxRetries: 3 });
      return foldersIn(root, user);
    } catch (error) {
      if (place === MOST_FOLDERS) throw error;
    }
  }
}

/** Where the data should be: nothing is opened there, so nobody is asked where its disk is not connected. */
export function pointedAt(user: string): FoundData {
  try {
    return { root: readPointer(user)?.folder ?? user };
  } catch {
    return { root: user };
  }
}
