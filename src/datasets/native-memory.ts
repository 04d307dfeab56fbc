// A decoder's object keeps its picture until it is collected, and V8, which does not count those bytes, may take its time:
// 24 photographs of 12 megapixels held 900 MB. So collection is asked for whenever enough has been decoded.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A young object goes with a collection of the young, which takes a third of a millisecond; decoding this much takes a hundred times as long. */
const COLLECT_YOUNG_AFTER_BYTES = 8e6;
/**
 * One that was in use for long is old. A collection of everything takes some milliseconds, and V8 compiles anew what was compiled for shapes
 * of objects of which none was there at that moment: every 128 MB, that took a tenth of an import of small pictures.
 */
const COLLECT_AFTER_BYTES = 1e9;
/** One of these is not left to chance. */
const LARGE_BYTES = 16e6;

type Collect = (options?: { type: 'minor' }) => void;

let [young, all] = [0, 0];
let isDue = false;
let collect: Collect | undefined;

/** Call when a decoder's object that held about `bytes` is no longer needed. */
export function released(bytes: number): void {
  young += bytes;
  all += bytes > LARGE_BYTES ? COLLECT_AFTER_BYTES : bytes;
  if (isDue || young < COLLECT_YOUNG_AFTER_BYTES) return;
  isDue = true;
  // By then nobody holds it: who calls this still does.
  setImmediate(() => {
    collect ??= findCollector();
    if (all < COLLECT_AFTER_BYTES) collect({ type: 'minor' });
    else {
      collect();
      all = 0;
    }
    [young, isDue] = [0, false];
  });
}

function findCollector(): Collect {
  setFlagsFromString('--expose-gc');
  const found: unknown = runInNewContext('globalThis.gc');
  return typeof found === 'function' ? (options) => void found(options) : () => undefined;
}
