// Reads a zip as wheels are: a table of contents at the end, entries stored or deflated, below 4 GiB. Names are checked before anything is written.
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { FailureError } from '#shared/failure';

export interface ZipEntry {
  name: string;
  compressedBytes: number;
  bytes: number;
  /** 0 stored, 8 deflated. */
  method: number;
  headerOffset: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** The record of the end, and the longest comment that may follow it. */
const END_BYTES = 22;
const MOST_COMMENT = 0xffff;

/** Every file in the zip; a name that would leave the folder refuses the whole zip. */
export async function readEntries(file: string): Promise<ZipEntry[]> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const tail = await readAt(handle, Math.max(0, size - END_BYTES - MOST_COMMENT), size, file);
    let end = tail.length - END_BYTES;
    while (end >= 0 && tail.readUInt32LE(end) !== END) end--;
    if (end < 0) throw damaged(file);
    const count = tail.readUInt16LE(end + 10);
    const directoryBytes = tail.readUInt32LE(end + 12);
    const directoryOffset = tail.readUInt32LE(end + 16);
    const directory = await readAt(handle, directoryOffset, directoryOffset + directoryBytes, file);
    return parseDirectory(directory, count, file);
  } finally {
    await handle.close();
  }
}

function parseDirectory(directory: Buffer, count: number, file: string): ZipEntry[] {
  const entries: ZipEntry[] = [];
  for (let at = 0, i = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== CENTRAL) throw damaged(file);
    const nameBytes = directory.readUInt16LE(at + 28);
    const name = directory.toString('utf8', at + 46, at + 46 + nameBytes);
    if (!name.endsWith('/')) {
      entries.push({
        name: safeName(name, file),
        method: directory.readUInt16LE(at + 10),
        compressedBytes: directory.readUInt32LE(at + 20),
        bytes: directory.readUInt32LE(at + 24),
        headerOffset: directory.readUInt32LE(at + 42),
      });
    }
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

function safeName(name: string, file: string): string {
  const isSafe = name !== '' && !/^[/\\]|\\|\0|^[A-Za-z]:/.test(name) && !name.split('/').some((part) => part === '..' || part === '.');
  if (isSafe) return name;
  const problem = `${file} contains a file that would be written outside its folder (${JSON.stringify(name)}). Nothing of it was unpacked; delete it and install again.`;
  throw new FailureError({ kind: 'engine-install', problem });
}

/** The bytes of an entry that has some, unpacked while read. */
export async function openEntry(file: string, entry: ZipEntry): Promise<Readable> {
  const handle = await open(file, 'r');
  let start: number;
  try {
    const header = await readAt(handle, entry.headerOffset, entry.headerOffset + 30, file);
    if (header.readUInt32LE(0) !== LOCAL) throw damaged(file);
    start = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await handle.close();
  }
  if (![0, 8].includes(entry.method)) throw damaged(file);
  const packed = createReadStream(file, { start, end: start + entry.compressedBytes - 1, highWaterMark: 1 << 18 });
  if (entry.method === 0) return packed;
  // The default of 16 KiB a chunk makes 50,000 writes of one library.
  const inflate = createInflateRaw({ chunkSize: 1 << 20 });
  packed.on('error', (error) => inflate.destroy(error));
  inflate.on('close', () => packed.destroy());
  return packed.pipe(inflate);
}

async function readAt(handle: FileHandle, from: number, to: number, file: string): Promise<Buffer> {
  const buffer = Buffer.alloc(to - from);
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
  if (bytesRead !== buffer.length) throw damaged(file);
  return buffer;
}

function damaged(file: string): FailureError {
  return new FailureError({ kind: 'engine-install', problem: `${file} is not a complete zip file. Delete it and install again.` });
}
