// Where files come from: a folder on disk or an archive read in place. Importers see names and bytes and nothing else.
import type { Readable } from 'node:stream';
import type { FileProblem } from '#shared/dataset';
import { throwIfCancelled } from '../watch';

/** What lies in one folder of a source. `path` is relative to the source, with forward slashes. */
export type Entry =
  | { kind: 'folder'; name: string; path: string }
  | { kind: 'file'; name: string; path: string; bytes: number }
  | { kind: 'problem'; name: string; problem: FileProblem };

export type FileEntry = Extract<Entry, { kind: 'file' }>;
export type ProblemEntry = Extract<Entry, { kind: 'problem' }>;

export interface Source {
  /** As it is shown, and what a data set made of it is called. */
  readonly name: string;
  /** Entries of one folder ('' is the source itself) that are not hidden, by name. @throws when it may not be opened */
  list(folder: string, signal?: AbortSignal): Promise<Entry[]>;
  /** One whole file, named and sized as it was listed. @throws PictureError unreadable, too-large, truncated */
  read(path: string, bytes: number): Promise<Buffer>;
  /** Where that file lies on the disk, if it does. */
  place?(path: string): string;
  /** Of the file on the disk that its bytes come from; undefined where it is gone. Ask before they are read. */
  stamp(path: string): Promise<string | undefined>;
  /** One file from its first byte to its last; destroy it to stop earlier. @throws PictureError, also while it is read */
  stream(path: string): Promise<Readable>;
  close(): Promise<void>;
}

/** No picture file is larger; an array is streamed. */
export const MAX_FILE_BYTES = 256e6;

/** What systems leave in folders without being asked: never shown, never counted. */
const SYSTEM_NAMES = new Set(['thumbs.db', 'ehthumbs.db', 'desktop.ini', '__macosx', 'icon\r', '$recycle.bin']);
export const isHidden = (name: string): boolean => name.startsWith('.') || SYSTEM_NAMES.has(name.toLowerCase());

/** UTF-16 code unit order: the same on every machine and in every language. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const within = (folder: string, name: string): string => (folder ? `${folder}/${name}` : name);

export const problemEntry = (path: string, kind: FileProblem['kind'], message: string): ProblemEntry => ({
  kind: 'problem',
  name: path.slice(path.lastIndexOf('/') + 1),
  problem: { file: path, kind, message, severity: 'error' },
});

/** Every file below a folder, and what stands in its way. A loop, because each level of a generator within a generator costs every file. */
export async function* walk(source: Source, folder: string, signal?: AbortSignal): AsyncGenerator<FileEntry | ProblemEntry> {
  const levels: Iterator<Entry>[] = [(await entriesOf(source, folder, signal))[Symbol.iterator]()];
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    const { value: entry, done } = level.next();
    if (done) levels.pop();
    else if (entry.kind === 'folder') levels.push((await entriesOf(source, entry.path, signal))[Symbol.iterator]());
    else yield entry;
  }
}

async function entriesOf(source: Source, folder: string, signal?: AbortSignal): Promise<Entry[]> {
  throwIfCancelled(signal);
  try {
    return await source.list(folder, signal);
  } catch (error) {
    throwIfCancelled(signal);
    if (!isRefused(error)) throw error;
    const message = folder.includes('\uFFFD') ? NO_TEXT : 'This folder may not be opened. Change its permissions, or leave it out.';
    return [problemEntry(folder, 'unreadable', message)];
  }
}

/** Shown for what is no UTF-8; nothing is found under such a name. */
const NO_TEXT = 'The name of this folder is not valid text (UTF-8). Rename it, or leave it out.';

/** The system said no; anything else is a fault of ours. */
const isRefused = (error: unknown): boolean => error instanceof Error && 'code' in error;
