// A zip archive made while its files are read, part by part: however large they are, little of them is in memory.
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

export interface Zipped {
  path: string;
  /** What does not get smaller is stored as it is. */
  isPacked: boolean;
  parts: Iterable<Uint8Array>;
}

/** Above it an archive needs another format, which this one is not. */
export const MOST_ZIP_BYTES = 0xffffffff;

/** @throws RangeError above MOST_ZIP_BYTES */
export function* zipStream(files: Iterable<Zipped>): Generator<Uint8Array> {
  let made: Uint8Array[] = [];
  let bytes = 0;
  const zip = new Zip((error, part) => {
    if (error) throw error;
    made.push(part);
    bytes += part.length;
  });
  function* taken(): Generator<Uint8Array> {
    if (bytes > MOST_ZIP_BYTES) throw new RangeError('The archive has more than 4 GB.');
    yield* made;
    made = [];
  }
  for (const { path, isPacked, parts } of files) {
    const file = isPacked ? new ZipDeflate(path, { level: 6 }) : new ZipPassThrough(path);
    zip.add(file);
    for (const part of parts) {
      file.push(part);
      yield* taken();
    }
    file.push(new Uint8Array(), true);
    yield* taken();
  }
  zip.end();
  yield* taken();
}
