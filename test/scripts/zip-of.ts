// The smallest zip archive that holds one uncompressed file.
import { crc32 } from 'node:zlib';

export function zipOf(name: string, text: string): Buffer {
  const path = Buffer.from(name);
  const content = Buffer.from(text);
  // Offsets and fields as in PKWARE's APPNOTE, 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (its end).
  const described = Buffer.alloc(26);
  described.writeUInt16LE(20, 0);
  described.writeUInt32LE(crc32(content), 10);
  described.writeUInt32LE(content.length, 14);
  described.writeUInt32LE(content.length, 18);
  described.writeUInt16LE(path.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), described, path, content]);

  const attributes = Buffer.alloc(14);
  attributes.writeUInt32LE(0o100755 * 0x10000, 6);
  const central = Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), described, attributes, path]);

  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from('PK\x05\x06'), end]);
}
