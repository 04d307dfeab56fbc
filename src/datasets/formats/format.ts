// What every picture format tells about a file before a pixel is decoded.
import type { JpegEdge } from './jpeg-edge';

export interface PictureHeader {
  /** As stored, before `orientation` turns the picture. */
  width: number;
  height: number;
  colour: 'grey' | 'colour';
  alpha: boolean;
  /** Stored as inks for print; decoded to red, green and blue. */
  cmyk?: boolean;
  /** Bits of a channel once decoded. */
  depth: 8 | 16;
  /** EXIF: 1 is upright, 5 to 8 swap width and height. */
  orientation: number;
  /** What its decoder gets wrong. */
  edge?: JpegEdge;
}

export interface PictureFormat {
  readonly name: string;
  /** Usual endings, lower case with their dot. */
  readonly extensions: readonly string[];
  matches(bytes: Buffer): boolean;
  /**
   * Walks the file's structure to its end, so that a cut-off file is found that a lenient decoder would fill with grey.
   * @throws PictureError truncated, unreadable or unsupported
   */
  readHeader(bytes: Buffer): PictureHeader;
  /** Where the common decoder does not know the format: interleaved values as the header describes them. @throws PictureError */
  decode?(bytes: Buffer): Uint8Array;
}

/** Bytes one picture takes as the decoder gives it. */
export function decodedBytes({ width, height, colour, alpha, depth }: PictureHeader): number {
  const channels = (colour === 'grey' ? 1 : 3) + (alpha ? 1 : 0);
  return width * height * channels * (depth / 8);
}

/** Bytes in use at the worst moment of its import: as decoded, and twice as RGBA while it is turned or made smaller. */
export const workingBytes = (header: PictureHeader): number => decodedBytes(header) + 8 * header.width * header.height;

/** Width and height as a person sees the picture. */
export function uprightSize({ width, height, orientation }: PictureHeader): { width: number; height: number } {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}
