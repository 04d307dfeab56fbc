// The bytes of a table's file as text, piece by piece: UTF-8, UTF-16 in both orders, and what old programs of the West write.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import type { TextEncoding } from '#shared/table';

/** Enough of the beginning to tell how a file is written. */
export const HEAD_BYTES = 256 << 10;
const PIECE_BYTES = 256 << 10;

/** The file is no UTF-8: it is read again as windows-1252. */
export class NotUtf8 extends Error {}

/** Of bytes 0x80 to 0x9f in windows-1252; the others are Unicode's own. Node and Electron differ in whether they know it. */
const WESTERN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const MARKS: readonly [TextEncoding, number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

export async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** By its mark, by the zero bytes that Latin letters have in UTF-16, and by trying; undefined for what is no text. */
export function guessEncoding(head: Buffer): TextEncoding | undefined {
  const marked = MARKS.find(([, mark]) => mark.every((byte, i) => head[i] === byte));
  if (marked) return marked[0];
  const zeros = [0, 0];
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2]++;
  const half = head.length / 2;
  if (zeros[1] > 0.4 * half && zeros[0] < 0.01 * half) return 'utf-16le';
  if (zeros[0] > 0.4 * half && zeros[1] < 0.01 * half) return 'utf-16be';
  if (zeros[0] + zeros[1] > 0) return undefined;
  try {
    // The last letter may be cut by the end of the head.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** Without the mark at the beginning. @throws NotUtf8 */
export async function* readText(path: string, encoding: TextEncoding, onBytes?: (bytes: number) => void): AsyncGenerator<string> {
  const decode = decoder(encoding);
  let isFirst = true;
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>) {
    onBytes?.(piece.length);
    const text = decode(piece);
    yield isFirst ? text.replace(/^\ufeff/, '') : text;
    isFirst = false;
  }
  const rest = decode();
  if (rest) yield rest;
}

export const decodeHead = (head: Buffer, encoding: TextEncoding): string => decoder(encoding)(head).replace(/^\ufeff/, '');

/** Called without bytes at the end, for what is left of a letter. */
function decoder(encoding: TextEncoding): (piece?: Buffer) => string {
  switch (encoding) {
    case 'utf-8': {
      const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
      return (piece) => {
        try {
          return piece ? utf8.decode(piece, { stream: true }) : utf8.decode();
        } catch {
          throw new NotUtf8();
        }
      };
    }
    case 'utf-16le':
    case 'utf-16be': {
      const utf16 = new StringDecoder('utf16le');
      let odd = Buffer.alloc(0);
      return (piece) => {
        if (!piece) return utf16.end();
        if (encoding === 'utf-16le') return utf16.write(piece);
        const whole = Buffer.concat([odd, piece]);
        const even = whole.length - (whole.length % 2);
        odd = whole.subarray(even);
        return utf16.write(Buffer.from(whole.subarray(0, even)).swap16());
      };
    }
    case 'windows-1252':
      return (piece) => (piece ? piece.toString('latin1').replace(/[\x80-\x9f]/g, (c) => WESTERN[c.charCodeAt(0) - 0x80]) : '');
  }
}
