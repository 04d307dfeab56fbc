// One picture's bytes become the pixels a model sees: the same code for an import and for a picture to classify.
import { locale } from '#shared/language';
import { isMainThread } from 'node:worker_threads';
import { FastResizeFilter, ResizeFit, Transformer } from '@napi-rs/image';
import { formatBytes } from '#shared/bytes';
import type { PictureOptions } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { isBomb } from './bomb';
import { decodedBytes, uprightSize, type PictureHeader } from './formats/format';
import { identify } from './formats/identify';
import { mendEdge } from './mend-edge';
import { released } from './native-memory';
import { damaged, PictureError } from './picture-error';
import { toChannels } from './channels';
import { flattenToRgba } from './pixels';
import { canResize, resize } from './resize/resize';

export type PixelLayout = Pick<PictureOptions, 'width' | 'height' | 'channels'>;

/** Pixels as an array holds them: interleaved, 8 bits, decoded by nobody. */
export interface RawPicture {
  header: PictureHeader;
  /** Of decodedBytes(header) values. */
  pixels: Uint8Array;
}

/** A header may declare any size; decoding more than this is refused before a byte of it is allocated. The largest takes five times this. */
const MOST_PIXELS = 110e6;
const MOST_DECODED_BYTES = 330e6;
/** Longer ones take a hundred times their size to make smaller; JPEG knows none. */
const LONGEST_SIDE = 65_535;
const RATIO_MATTERS_FROM_BYTES = 64e6;

/**
 * uint8 pixels, height × width × channels: turned upright, 16 bits reduced to their upper 8, transparency laid over white,
 * stretched with a Lanczos filter, grey by ITU-R 601 luma.
 * @throws FailureError dataset-invalid
 */
export async function decodePicture(bytes: Uint8Array, layout: PixelLayout): Promise<Uint8Array> {
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return await decodePixels(buffer, readHeader(buffer, 'picture.png'), layout);
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    throw new FailureError({ kind: 'dataset-invalid', path: 'The picture', problem: error.message });
  }
}

/** @throws PictureError for what is no picture, cut off, or too large to decode */
export function readHeader(bytes: Buffer, file: string): PictureHeader {
  if (bytes.length === 0) throw new PictureError('empty-file', 'The file is empty (0 bytes). Copy it again, or leave it out.');
  const header = identify(bytes, file).readHeader(bytes);
  const problem = tooLarge(header, bytes.length);
  if (problem) throw new PictureError('too-large', `${problem} Make a smaller copy of it, or leave it out.`);
  return header;
}

function tooLarge(header: PictureHeader, fileBytes: number): string | undefined {
  const { width, height } = header;
  const size = decodedBytes(header);
  const declared = () => `The picture declares ${width} × ${height} pixels, ${formatBytes(size)} once decoded`;
  if (size > MOST_DECODED_BYTES) return `${declared()}; at most ${formatBytes(MOST_DECODED_BYTES)} are read.`;
  if (width * height > MOST_PIXELS) return `${declared()}; at most ${MOST_PIXELS / 1e6} million pixels are read.`;
  if (Math.max(width, height) > LONGEST_SIDE)
    return `${declared()}; at most ${LONGEST_SIDE.toLocaleString(locale)} pixels a side are read.`;
  if (isBomb(fileBytes, size, RATIO_MATTERS_FROM_BYTES))
    return `${declared()}, from a file of ${formatBytes(fileBytes)}, as in a picture made to do harm.`;
  return undefined;
}

/** Decodes everything and takes one pixel of it: proves that a file is whole. @throws PictureError */
export async function proveDecodable(bytes: Buffer, header: PictureHeader): Promise<void> {
  const { decode } = identify(bytes, 'picture');
  if (decode) return void decode(bytes);
  await rawPixels(new Transformer(bytes).crop(0, 0, 1, 1), header);
}

/** Fills `out` where it is given. @throws PictureError */
export async function decodePixels(bytes: Buffer, header: PictureHeader, layout: PixelLayout, out?: Uint8Array): Promise<Uint8Array> {
  const { decode } = identify(bytes, 'picture');
  if (decode) return fitPixels({ header, pixels: decode(bytes) }, layout, out);
  if (!header.alpha && header.depth === 8 && !showsEdge(header, layout)) return fitted(new Transformer(bytes), header, layout, out);
  return fitPixels({ header, pixels: await decodeStored(bytes, header) }, layout, out);
}

/** From so many pixels a pixel one of them does not show. */
const MANY = 4;

/** Whether its edge has to be mended before the library resizes it, which takes longer. */
function showsEdge(header: PictureHeader, layout: PixelLayout): boolean {
  if (!header.edge) return false;
  const { width, height } = uprightSize(header);
  const isThere = width === layout.width && height === layout.height;
  const isSharp = width < MANY * layout.width || height < MANY * layout.height;
  return isSharp && !isThere && !canResize({ width, height }, layout);
}

/** Interleaved values as the header describes them, neither turned nor resized. @throws PictureError */
export async function decodeStored(bytes: Buffer, header: PictureHeader): Promise<Uint8Array> {
  const raw = identify(bytes, 'picture').decode?.(bytes) ?? (await rawPixels(new Transformer(bytes), header));
  if (raw.length !== decodedBytes(header)) throw damaged(`it decodes to ${raw.length} bytes instead of ${decodedBytes(header)}`);
  mendEdge(raw, raw.length / (header.width * header.height), { ...header, orientation: 1 });
  return raw;
}

/** Decoded pixels as `layout` asks for them. */
export function fitPixels({ header, pixels }: RawPicture, layout: PixelLayout, out?: Uint8Array): Promise<Uint8Array> {
  return fitted(Transformer.fromRgbaPixels(flattenToRgba(pixels, header), header.width, header.height), header, layout, out);
}

async function fitted(
  picture: Transformer,
  header: PictureHeader,
  layout: PixelLayout,
  out: Uint8Array = new Uint8Array(layout.width * layout.height * layout.channels),
): Promise<Uint8Array> {
  if (header.orientation !== 1) picture.rotate(header.orientation);
  const upright = uprightSize(header);
  const isThere = upright.width === layout.width && upright.height === layout.height;
  const isOurs = !isThere && canResize(upright, layout);
  if (!isThere && !isOurs) {
    const { width, height } = layout;
    picture.fastResize({ width, height, filter: FastResizeFilter.Lanczos3, fit: ResizeFit.Fill });
  }
  const raw = await rawPixels(picture, header);
  const { width, height } = isOurs ? upright : layout;
  const stride = raw.length / (width * height);
  if (stride !== 1 && stride !== 3 && stride !== 4) throw damaged('it decodes to another size than it declares');
  if (isThere || isOurs) mendEdge(raw, stride, header);
  if (!isOurs) toChannels(raw, stride, out, layout.channels);
  else if (stride !== 4) toChannels(resize(raw, upright, stride, layout), stride, out, layout.channels);
  else {
    const colours = new Uint8Array(3 * width * height);
    toChannels(raw, 4, colours, 3);
    toChannels(resize(colours, upright, 3, layout), 3, out, layout.channels);
  }
  return out;
}

async function rawPixels(picture: Transformer, header: PictureHeader): Promise<Buffer> {
  let made = 0;
  try {
    // A thread of its own has nothing else to do meanwhile.
    const pixels = isMainThread ? await picture.rawPixels() : picture.rawPixelsSync();
    made = pixels.length;
    return pixels;
  } catch (error) {
    throw damaged(decoderReason(error));
  } finally {
    released(decodedBytes(header) + made);
  }
}

/** The decoder's own words, short enough for a list. */
function decoderReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .replace(/^Decode image failed\s*/i, '')
    .split('\n')[0]
    .slice(0, 120);
}
