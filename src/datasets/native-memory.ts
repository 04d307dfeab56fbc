// A decoder's object keeps its picture until it is collected, and V8, which does not count those bytes, may take its time:
// 24 photographs of 12 megapixels held 900 MB. So collection is asked for whenever enough has been decoded.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A collection takes some milliseconds; decoding this much takes a hundred times as long. */
const COLLECT_AFTER_BYTES = 64e6;

let uncollected = 0;
let collect: (() => void) | undefined;

/** Call when a decoder's object that held about `bytes` is no longer needed. */
export function released(bytes: number): void {
  uncollected += bytes;
  if (uncollected < COLLECT_AFTER_BYTES) return;
  uncollected = 0;
  collect ??= findCollector();
  collect();
}

function findCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const found: unknown = runInNewContext('globalThis.gc');
  return typeof found === 'function' ? () => void found() : () => undefined;
}
