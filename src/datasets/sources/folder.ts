// A folder on disk as a source, without following anything that leads out of it.
import { lstatSync, type Dirent } from 'node:fs';
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { formatBytes } from '#shared/bytes';
import { PictureError } from '../picture-error';
import { throwIfCancelled } from '../watch';
import { OpenStreams } from './open-streams';
import { byText, isHidden, MAX_FILE_BYTES, problemEntry, within, type Entry, type Source } from './source';
import { stampOf } from './stamp';

const STAT_AT_ONCE = 64;
/** A disk that answers for so many in this time is asked without waiting beside, in half of the processor time. */
const QUICK_MS = 20;
const STREAM_BYTES = 1 << 18;

export class FolderSource implements Source {
  readonly name: string;
  readonly #streams = new OpenStreams();
  #isQuick = true;

  /** `root` must be a real path. */
  constructor(private readonly root: string) {
    this.name = basename(root) || root;
  }

  async list(folder: string, signal?: AbortSignal): Promise<Entry[]> {
    const found = await readdir(join(this.root, folder), { withFileTypes: true });
    const shown = found.filter(({ name }) => !isHidden(name)).sort((a, b) => byText(a.name, b.name));
    const entries: Entry[] = [];
    for (let start = 0; start < shown.length; start += STAT_AT_ONCE) {
      throwIfCancelled(signal);
      const begin = performance.now();
      entries.push(...(await Promise.all(shown.slice(start, start + STAT_AT_ONCE).map((entry) => this.#look(folder, entry)))));
      this.#isQuick &&= performance.now() - begin < QUICK_MS;
      await new Promise(setImmediate);
    }
    return entries;
  }

  async read(path: string, bytes: number): Promise<Buffer> {
    if (bytes > MAX_FILE_BYTES) throw tooLarge(bytes);
    try {
      const file = await open(join(this.root, path), 'r');
      try {
        // It may have grown since it was listed.
        const { size } = await file.stat();
        if (size > MAX_FILE_BYTES) throw tooLarge(size);
        return await file.readFile();
      } finally {
        await file.close();
      }
    } catch (error) {
      throw error instanceof PictureError ? error : unreadable();
    }
  }

  place(path: string): string {
    return join(this.root, path);
  }

  async stamp(path: string): Promise<string | undefined> {
    const found = await stat(this.place(path)).catch(() => undefined);
    return found?.isFile() ? stampOf(found) : undefined;
  }

  async stream(path: string): Promise<Readable> {
    const file = await open(join(this.root, path), 'r').catch(() => {
      throw unreadable();
    });
    return this.#streams.add(file.createReadStream({ highWaterMark: STREAM_BYTES }));
  }

  close(): Promise<void> {
    return this.#streams.close();
  }

  async #look(folder: string, entry: Dirent): Promise<Entry> {
    const { name } = entry;
    const path = within(folder, name);
    if (entry.isDirectory()) return { kind: 'folder', name, path };
    if (entry.isSymbolicLink()) return this.#lookThroughLink(name, path);
    if (!entry.isFile()) {
      return problemEntry(
        path,
        'not-a-picture',
        'This is no file but a device, pipe or socket. Remove it from the folder; it is left out.',
      );
    }
    try {
      const full = join(this.root, path);
      return { kind: 'file', name, path, bytes: (this.#isQuick ? lstatSync(full) : await lstat(full)).size };
    } catch {
      return name.includes('\uFFFD')
        ? problemEntry(path, 'unreadable', 'The name of this file is not valid text (UTF-8). Rename it, or leave it out.')
        : problemEntry(path, 'unreadable', 'This file may not be opened. Change its permissions, or leave it out.');
    }
  }

  /** What a symbolic link stands for. */
  async #lookThroughLink(name: string, path: string): Promise<Entry> {
    try {
      const full = join(this.root, path);
      const target = relative(this.root, await realpath(full));
      if (target === '..' || target.startsWith(`..${sep}`)) {
        return problemEntry(
          path,
          'outside-folder',
          'This link leads out of the folder. Put a copy of the picture in its place, or leave it out.',
        );
      }
      const behind = await stat(full);
      if (behind.isFile()) return { kind: 'file', name, path, bytes: behind.size };
      return problemEntry(
        path,
        'duplicate',
        'This link leads to another folder of the same data, whose pictures would count twice. It is left out.',
      );
    } catch {
      return problemEntry(path, 'unreadable', 'This link leads nowhere. Remove it, or put the picture in its place.');
    }
  }
}

export const unreadable = () =>
  new PictureError('unreadable', 'The file cannot be read. Check its permissions and the disk, or leave it out.');

export const tooLarge = (bytes: number) =>
  new PictureError(
    'too-large',
    `The file is ${formatBytes(bytes)}; at most ${formatBytes(MAX_FILE_BYTES)} are read. Make a smaller copy of the picture, or leave it out.`,
  );
