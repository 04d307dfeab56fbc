// What unpacks to so much that it was made to do harm.

/** Deflate reaches 1,032; photographs stay below 20, flat drawings and arrays of zeros below some hundreds. */
const MOST_RATIO = 250;
/** Small files may compress as they like. */
const MATTERS_FROM_BYTES = 8e6;

export const isBomb = (packedBytes: number, unpackedBytes: number, from = MATTERS_FROM_BYTES): boolean =>
  unpackedBytes > from && unpackedBytes > MOST_RATIO * packedBytes;
