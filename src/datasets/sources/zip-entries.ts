// The central directory of an archive as a tree of folders: every entry looked at once, what is dangerous refused by name.
import { locale } from '#shared/language';
import type { Entry as ZipEntry, ZipFile } from 'yauzl';
import { formatBytes } from '#shared/bytes';
import { FailureError } from '#shared/failure';
import { isBomb } from '../bomb';
import { Stage, type Watch } from '../watch';
import { byText, isHidden, problemEntry, type Entry } from './source';
import { nameOf, typeOf, unsafeName } from './zip-names';

/** What is needed to read one entry; yauzl's own objects hold several times as much. */
export type Located = Pick<ZipEntry, 'relativeOffsetOfLocalHeader' | 'compressedSize' | 'uncompressedSize' | 'compressionMethod' | 'crc32'>;

export interface ZipTree {
  files: Map<string, Located>;
  /** By folder, '' being the archive itself. */
  folders: Map<string, Entry[]>;
}

const MOST_ENTRIES = 2_000_000;
const MOST_TOTAL_RATIO = 100;
const TOTAL_MATTERS_FROM_BYTES = 1e9;
const [STORED, DEFLATED] = [0, 8];

/** @throws FailureError dataset-invalid for an archive that is damaged or a bomb, cancelled */
export async function readZipTree(zip: ZipFile, path: string, watch: Watch): Promise<ZipTree> {
  const tree: ZipTree = { files: new Map(), folders: new Map([['', []]]) };
  if (zip.entryCount > MOST_ENTRIES) {
    throw refused(
      path,
      `it declares ${zip.entryCount.toLocaleString(locale)} entries; at most ${MOST_ENTRIES.toLocaleString(locale)} are read.`,
    );
  }
  const stage = new Stage(watch, 'look', zip.entryCount);
  let [packed, unpacked] = [0, 0];
  for await (const entry of zip.eachEntry()) {
    stage.advance();
    add(tree, entry);
    packed += entry.compressedSize;
    unpacked += entry.uncompressedSize;
  }
  if (packed > zip.fileSize) throw refused(path, 'its entries overlap, as in an archive made to do harm.');
  if (unpacked > TOTAL_MATTERS_FROM_BYTES && unpacked > MOST_TOTAL_RATIO * zip.fileSize) {
    throw refused(
      path,
      `its ${formatBytes(zip.fileSize)} would unpack to ${formatBytes(unpacked)}, as in an archive made to do harm. Unpack it yourself if you trust it, and choose the folder.`,
    );
  }
  for (const entries of tree.folders.values()) entries.sort((a, b) => byText(a.name, b.name));
  return tree;
}

const refused = (path: string, problem: string) => new FailureError({ kind: 'dataset-invalid', path, problem });

function add(tree: ZipTree, entry: ZipEntry): void {
  const raw = nameOf(entry);
  const name = raw.replace(/\/+$/, '');
  const unsafe = unsafeName(name);
  if (unsafe) {
    tree.folders
      .get('')!
      .push(
        problemEntry(
          raw || 'an entry without a name',
          'outside-folder',
          `Its name in the archive ${unsafe}. It is left out; if it belongs to the data, make the archive anew.`,
        ),
      );
    return;
  }
  if (name.split('/').some(isHidden)) return;
  if (raw.endsWith('/')) return void folder(tree, name);
  const parent = folder(tree, name.slice(0, Math.max(0, name.lastIndexOf('/'))));
  if (!parent || tree.files.has(name) || tree.folders.has(name)) {
    tree.folders
      .get('')!
      .push(
        problemEntry(
          name,
          'duplicate',
          'The archive holds another entry of this name, and which is meant cannot be known. The first is used; make the archive anew.',
        ),
      );
    return;
  }
  const problem = problemOf(name, entry);
  if (problem) return void parent.push(problem);
  const { relativeOffsetOfLocalHeader, compressedSize, uncompressedSize, compressionMethod, crc32 } = entry;
  tree.files.set(name, { relativeOffsetOfLocalHeader, compressedSize, uncompressedSize, compressionMethod, crc32 });
  parent.push({ kind: 'file', name: name.slice(name.lastIndexOf('/') + 1), path: name, bytes: uncompressedSize });
}

/** The entries of a folder, which is made with those above it; undefined where a file already has its name. */
function folder(tree: ZipTree, path: string): Entry[] | undefined {
  const known = tree.folders.get(path);
  if (known || tree.files.has(path)) return known;
  const cut = path.lastIndexOf('/');
  const parent = folder(tree, path.slice(0, Math.max(0, cut)));
  if (!parent) return undefined;
  const made: Entry[] = [];
  parent.push({ kind: 'folder', name: path.slice(cut + 1), path });
  tree.folders.set(path, made);
  return made;
}

function problemOf(name: string, entry: ZipEntry): Entry | undefined {
  const { compressedSize: packed, uncompressedSize: unpacked, compressionMethod: method } = entry;
  const type = typeOf(entry);
  if (type === 'link')
    return problemEntry(
      name,
      'outside-folder',
      'This is a link, and links inside an archive are never followed. Make the archive anew with a copy in its place.',
    );
  if (type === 'device') return problemEntry(name, 'not-a-picture', 'This is no file but a device, pipe or socket. It is left out.');
  if (entry.isEncrypted())
    return problemEntry(name, 'unsupported', 'This is locked with a password. Unpack the archive with the password and choose the folder.');
  if (method !== STORED && method !== DEFLATED) {
    return problemEntry(
      name,
      'unsupported',
      `This is compressed by method ${method}; plain storing and "deflate" are read. Make the archive anew, or unpack it and choose the folder.`,
    );
  }
  if (isBomb(packed, unpacked)) {
    return problemEntry(
      name,
      'too-large',
      `Its ${formatBytes(packed)} would unpack to ${formatBytes(unpacked)}, as in an archive made to do harm. It is left out.`,
    );
  }
  if (packed > unpacked + unpacked / 8 + 1024)
    return problemEntry(name, 'unreadable', 'The archive gives it a size that cannot be. Make the archive anew, or leave it out.');
  return undefined;
}
