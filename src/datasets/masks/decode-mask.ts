// One mask file as a code a pixel: the index of a palette, a grey value, or a colour. Nothing is scaled, turned or laid over anything.
import { ByteBudget, DECODING_BYTES } from '../byte-budget';
import { guarded, type DecodeGuard } from '../decode-guard';
import { decodeStored, readHeader } from '../decode-picture';
import { workingBytes, type PictureHeader } from '../formats/format';
import { gif, gifIndices } from '../formats/gif';
import { identify } from '../formats/identify';
import { jpeg } from '../formats/jpeg';
import { png, storedValues } from '../formats/png';
import type { ListedPicture, Listing } from '../importers/importer';
import { PictureError } from '../picture-error';

export interface DecodedMask {
  width: number;
  height: number;
  /** Grey values may stand for colours, and indices for nothing but themselves. */
  coding: 'index' | 'grey' | 'colour';
  /** height × width; of a colour 0xrrggbb. */
  codes: Uint8Array | Uint16Array | Uint32Array;
}

export interface Attendance {
  guard?: DecodeGuard;
  /** Of those that are decoded at one moment. */
  decoding?: ByteBudget;
}

/** @throws PictureError, of the mask's file */
export async function readMask(
  { read }: Pick<Listing, 'read'>,
  file: NonNullable<ListedPicture['mask']>,
  { guard, decoding = new ByteBudget(DECODING_BYTES) }: Attendance = {},
): Promise<DecodedMask> {
  const ended = guard?.ended.get(file.file);
  if (ended !== undefined) throw new PictureError('unreadable', ended);
  const content = await read(file);
  if ('pixels' in content) throw new PictureError('not-a-mask', 'Masks are files of their own, and this is an array.');
  const header = readHeader(content, file.file);
  const needed = workingBytes(header);
  return guarded(guard, [file], (patience) =>
    decoding.run(needed, () => {
      patience.begin(needed);
      return decodeMask(content, header, file.file);
    }),
  );
}

async function decodeMask(bytes: Buffer, header: PictureHeader, file: string): Promise<DecodedMask> {
  const format = identify(bytes, file);
  const { width, height } = header;
  if (format === jpeg) throw new PictureError('not-a-mask', 'It is a JPEG, which changes the values of a mask. Save it as PNG.');
  if (format === gif) return { width, height, coding: 'index', codes: gifIndices(bytes) };
  const stored = format === png ? storedValues(bytes) : undefined;
  if (stored) return { width, height, coding: stored.indexed ? 'index' : 'grey', codes: stored.values };
  const raw = await decodeStored(bytes, header);
  return { width, height, ...codesOf(raw, header) };
}

/** What is more than half transparent is black: there is nothing. */
function codesOf(raw: Uint8Array, { width, height, colour, alpha, depth }: PictureHeader): Pick<DecodedMask, 'coding' | 'codes'> {
  const wide = depth === 16;
  const values = wide ? new Uint16Array(Uint8Array.from(raw).buffer) : raw;
  const colours = colour === 'grey' ? 1 : 3;
  const stride = colours + (alpha ? 1 : 0);
  const opaque = wide ? 0x8000 : 0x80;
  const pixels = width * height;
  const grey = wide ? new Uint16Array(pixels) : new Uint8Array(pixels);
  const full = colours === 3 ? new Uint32Array(pixels) : undefined;
  let isGrey = true;
  for (let i = 0, at = 0; i < pixels; i++, at += stride) {
    if (alpha && values[at + colours] < opaque) continue;
    grey[i] = values[at];
    if (!full) continue;
    const [r, g, b] = wide ? [values[at] >> 8, values[at + 1] >> 8, values[at + 2] >> 8] : [values[at], values[at + 1], values[at + 2]];
    full[i] = (r << 16) | (g << 8) | b;
    isGrey &&= values[at] === values[at + 1] && values[at] === values[at + 2];
  }
  return full && !isGrey ? { coding: 'colour', codes: full } : { coding: 'grey', codes: grey };
}
