// A zip archive as a source, read in place: nothing is unpacked to the disk, every entry is bounded and compared with its checksum.
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { fromRandomAccessReaderPromise, type Entry as ZipEntry, type ZipFile } from 'yauzl';
import { FailureError } from '#shared/failure';
import { PictureError } from '../picture-error';
import type { Watch } from '../watch';
import { crc32 } from './crc32';
import { tooLarge, unreadable } from './folder';
import { OpenStreams } from './open-streams';
import { MAX_FILE_BYTES, type Entry, type Source } from './source';
import { stampOf } from './stamp';
import { readZipTree, type Located, type ZipTree } from './zip-entries';
import { ZipReader } from './zip-reader';

const inflate = promisify(inflateRaw);

export class ZipSource implements Source {
  readonly #streams = new OpenStreams();

  private constructor(
    readonly name: string,
    private readonly file: FileHandle,
    private readonly archive: string,
    private readonly zip: ZipFile,
    private readonly tree: ZipTree,
  ) {}

  /** @throws FailureError dataset-invalid, cancelled; what the system says when it may not be opened */
  static async open(path: string, watch: Watch = {}): Promise<ZipSource> {
    const file = await open(path, 'r');
    try {
      const reader = new ZipReader(file);
      const found = await file.stat();
      const zip = await fromRandomAccessReaderPromise(reader, found.size, { autoClose: false, decodeStrings: false });
      // Met where an entry is read; without a listener it would end the process.
      zip.on('error', () => undefined);
      const name = basename(path).replace(/\.(zip|npz)$/i, '');
      const tree = await readZipTree(zip, path, watch);
      reader.stopReadingAhead();
      return new ZipSource(name, file, stampOf(found), zip, tree);
    } catch (error) {
      await file.close();
      if (error instanceof FailureError) throw error;
      throw damagedArchive(path, error);
    }
  }

  async list(folder: string): Promise<Entry[]> {
    return this.tree.folders.get(folder) ?? [];
  }

  async read(path: string): Promise<Buffer> {
    const entry = this.#find(path);
    const { compressedSize, uncompressedSize } = entry;
    if (uncompressedSize > MAX_FILE_BYTES) throw tooLarge(uncompressedSize);
    let bytes: Buffer;
    try {
      const { fileDataStart } = await this.zip.readLocalFileHeaderPromise(entry, { minimal: true });
      bytes = Buffer.allocUnsafe(compressedSize);
      const { bytesRead } = await this.file.read(bytes, 0, compressedSize, fileDataStart);
      if (bytesRead < compressedSize) throw unreadable();
      // One byte more than declared is enough to know that it was a lie.
      if (entry.compressionMethod !== 0) bytes = await inflate(bytes, { maxOutputLength: Math.max(1, uncompressedSize) });
    } catch {
      throw damagedEntry();
    }
    if (bytes.length !== uncompressedSize || crc32(bytes) !== entry.crc32) throw damagedEntry();
    return bytes;
  }

  async stamp(): Promise<string> {
    return this.archive;
  }

  async stream(path: string): Promise<Readable> {
    const entry = this.#find(path);
    const stream = await this.zip.openReadStreamPromise(entry).catch(() => {
      throw damagedEntry();
    });
    const checked = checksum(entry.crc32);
    stream.on('error', () => checked.destroy(damagedEntry()));
    checked.on('close', () => stream.destroy());
    return this.#streams.add(stream.pipe(checked));
  }

  async close(): Promise<void> {
    await this.#streams.close();
    this.zip.close();
    await this.file.close();
  }

  #find(path: string): ZipEntry {
    const entry: Located | undefined = this.tree.files.get(path);
    if (!entry) throw unreadable();
    // yauzl's methods, which its reading asks of an entry; what is encrypted was never listed.
    return Object.assign(Object.create(ENTRY), entry) as ZipEntry;
  }
}

const ENTRY = { isEncrypted: () => false, isCompressed: () => false, canDecodeFileData: () => true };

function checksum(expected: number): Transform {
  let sum = 0;
  return new Transform({
    transform(piece: Buffer, _, done) {
      sum = crc32(piece, sum);
      done(null, piece);
    },
    flush: (done) => done(sum === expected ? null : damagedEntry()),
  });
}

const damagedEntry = () =>
  new PictureError('unreadable', 'It is damaged inside the archive. Download or make the archive again, or leave this file out.');

function damagedArchive(path: string, error: unknown): FailureError {
  const text = error instanceof Error ? error.message : String(error);
  const problem = /strong encryption/.test(text)
    ? 'it is locked with a password. Unpack it with the password and choose the folder.'
    : /multi-disk/.test(text)
      ? 'it is one part of an archive cut into several. Unpack all parts together and choose the folder.'
      : /^End of central directory record signature not found/.test(text)
        ? 'it is no zip archive, or it is damaged or cut off. Choose another file, or download or make this one again.'
        : `the archive is damaged or cut off (${text.split('\n')[0].slice(0, 100)}). Download or make it again.`;
  return new FailureError({ kind: 'dataset-invalid', path, problem });
}
