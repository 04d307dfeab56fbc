// Archives and downloads often wrap everything in one more folder: the data begin where there is more than that.
import { namedLikePicture } from '../formats/identify';
import type { Entry, FileEntry, Source } from '../sources/source';

const MOST_WRAPPINGS = 4;

/** The folder, from the source's own inwards, that holds more than one other folder; '' when none does. */
export async function dataRoot(source: Source, signal?: AbortSignal): Promise<string> {
  let folder = '';
  for (let depth = 0; depth <= MOST_WRAPPINGS; depth++) {
    const entries = await source.list(folder, signal);
    const folders = entries.filter(({ kind }) => kind === 'folder');
    if (folders.length > 1) return folder;
    const [only] = folders;
    if (only?.kind !== 'folder' || entries.some(({ kind, name }) => kind === 'file' && namedLikePicture(name))) return '';
    folder = only.path;
  }
  return '';
}

/** What the first folder holds, from the source's own inwards, that is more than a wrapping. */
export async function outerEntries(source: Source, signal?: AbortSignal): Promise<Entry[]> {
  let entries: Entry[] = await source.list('', signal);
  for (let depth = 0; depth < MOST_WRAPPINGS; depth++) {
    const [only] = entries;
    if (entries.length !== 1 || only.kind !== 'folder') break;
    entries = await source.list(only.path, signal);
  }
  return entries;
}

export async function outerFiles(source: Source, signal?: AbortSignal): Promise<FileEntry[]> {
  return (await outerEntries(source, signal)).filter((entry): entry is FileEntry => entry.kind === 'file');
}
