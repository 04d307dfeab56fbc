// A picture that the window has drawn, on its way to a file: nothing else may pass for one.
import * as v from 'valibot';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** A chart across two large screens takes a few. */
const MOST_BYTES = 32 * 2 ** 20;

export const PngSchema = v.pipe(
  v.instance(Uint8Array),
  v.check(
    (bytes) => bytes.length <= MOST_BYTES && SIGNATURE.every((byte, i) => bytes[i] === byte),
    'That is no picture that can be saved.',
  ),
);
