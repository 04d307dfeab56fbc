// Zip archives of real files, and of entries that lie about themselves (PKWARE's APPNOTE 4.3.7, 4.3.12, 4.3.16; zip64: 4.3.14, 4.5.3).
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { crc32 } from './crc32';

export interface ZipEntryOf {
  name: string | Buffer;
  data?: Uint8Array;
  /** Stored when absent. */
  deflate?: boolean;
  /** Unix mode; 0o100644 when absent. */
  mode?: number;
  /** Instead of the truth. */
  flags?: number;
  method?: number;
  crc?: number;
  packedBytes?: number;
  unpackedBytes?: number;
  /** The bytes as they lie in the archive, however they came about. */
  packed?: Uint8Array;
  /** Of another entry, whose place in the archive this one claims. */
  at?: number;
  zip64?: boolean;
}

const FULL = 0xffffffff;

function fields(entry: ZipEntryOf, name: Buffer, extra: Buffer, packed: Uint8Array): Buffer {
  const data = entry.data ?? new Uint8Array();
  const described = Buffer.alloc(26);
  described.writeUInt16LE(entry.zip64 ? 45 : 20, 0);
  described.writeUInt16LE(entry.flags ?? 0, 2);
  described.writeUInt16LE(entry.method ?? (entry.deflate ? 8 : 0), 4);
  described.writeUInt32LE(entry.crc ?? crc32(data), 10);
  described.writeUInt32LE(entry.zip64 ? FULL : (entry.packedBytes ?? packed.length), 14);
  described.writeUInt32LE(entry.zip64 ? FULL : (entry.unpackedBytes ?? data.length), 18);
  described.writeUInt16LE(name.length, 22);
  described.writeUInt16LE(extra.length, 24);
  return described;
}

export function zipBytes(entries: readonly ZipEntryOf[], { zip64 = false, comment = '' } = {}): Buffer {
  const [local, central]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const entry of entries) {
    const data = entry.data ?? new Uint8Array();
    const packed = entry.packed ?? (entry.deflate ? deflateRawSync(data) : data);
    const name = Buffer.from(entry.name);
    const extra = Buffer.alloc(entry.zip64 ? 28 : 0);
    if (entry.zip64) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      extra.writeBigUInt64LE(BigInt(entry.unpackedBytes ?? data.length), 4);
      extra.writeBigUInt64LE(BigInt(entry.packedBytes ?? packed.length), 12);
      extra.writeBigUInt64LE(BigInt(entry.at ?? offset), 20);
    }
    const described = fields(entry, name, extra, packed);
    const attributes = Buffer.alloc(14);
    attributes.writeUInt32LE(((entry.mode ?? 0o100644) * 0x10000) >>> 0, 6);
    attributes.writeUInt32LE(entry.zip64 ? FULL : (entry.at ?? offset), 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([63, 3]), described, attributes, name, extra]));
    const whole = Buffer.concat([Buffer.from('PK\x03\x04'), described, name, extra, packed]);
    if (entry.at === undefined) local.push(whole);
    if (entry.at === undefined) offset += whole.length;
  }
  const directory = Buffer.concat(central);
  return Buffer.concat([
    ...local,
    directory,
    ...(zip64 ? [end64(entries.length, directory.length, offset)] : []),
    end(entries.length, directory.length, offset, zip64, comment),
  ]);
}

function end(count: number, bytes: number, offset: number, zip64: boolean, comment: string): Buffer {
  const record = Buffer.alloc(22);
  record.write('PK\x05\x06', 'latin1');
  record.writeUInt16LE(zip64 ? 0xffff : count, 8);
  record.writeUInt16LE(zip64 ? 0xffff : count, 10);
  record.writeUInt32LE(zip64 ? FULL : bytes, 12);
  record.writeUInt32LE(zip64 ? FULL : offset, 16);
  record.writeUInt16LE(comment.length, 20);
  return Buffer.concat([record, Buffer.from(comment, 'latin1')]);
}

function end64(count: number, bytes: number, offset: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(bytes), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  record.write('PK\x06\x07', 56, 'latin1');
  record.writeBigUInt64LE(BigInt(offset + bytes), 64);
  record.writeUInt32LE(1, 72);
  return record;
}

/** Every file below a folder, every second one deflated. */
export function zipOfFolder(folder: string, prefix = ''): ZipEntryOf[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return files.map((name, i) => ({ name: `${prefix}${name}`, data: readFileSync(join(folder, name)), deflate: i % 2 === 1 }));
}
