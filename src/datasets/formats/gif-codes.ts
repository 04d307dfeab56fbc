// The codes of a GIF as palette indices: Lempel-Ziv-Welch with codes of 3 to 12 bits (GIF89a, appendix F). Our own, because the small
// libraries for it fill what is missing with black and follow loops that a damaged file draws.
import { damaged } from '../picture-error';

const MOST_BITS = 12;
const MOST_CODES = 1 << MOST_BITS;

/** @throws PictureError where the codes end early or make no sense */
export function unpackCodes(codes: Buffer, codeSize: number, count: number): Uint8Array {
  if (codeSize < 1 || codeSize > 8) throw damaged(`its codes begin with ${codeSize} bits`);
  const clear = 1 << codeSize;
  const [end, first] = [clear + 1, clear + 2];
  // A code stands for its prefix's indices and one more; `lengths` says how many in all.
  const prefixes = new Uint16Array(MOST_CODES);
  const suffixes = new Uint8Array(MOST_CODES);
  const lengths = new Uint16Array(MOST_CODES);
  const heads = new Uint8Array(MOST_CODES);
  for (let code = 0; code < clear; code++) {
    suffixes[code] = heads[code] = code;
    lengths[code] = 1;
  }
  const out = new Uint8Array(count);
  let [next, bits, before, filled, held, heldBits] = [first, codeSize + 1, -1, 0, 0, 0];
  for (let at = 0; filled < count;) {
    while (heldBits < bits && at < codes.length) {
      held |= codes[at++] << heldBits;
      heldBits += 8;
    }
    if (heldBits < bits) throw damaged('its pixels end early');
    const code = held & ((1 << bits) - 1);
    held >>>= bits;
    heldBits -= bits;
    if (code === clear) [next, bits, before] = [first, codeSize + 1, -1];
    else if (code === end) throw damaged('its pixels end early');
    else {
      if (code > next || (code === next && before < 0)) throw damaged('its codes make no sense');
      if (before >= 0 && next < MOST_CODES) {
        prefixes[next] = before;
        heads[next] = heads[before];
        suffixes[next] = code === next ? heads[before] : heads[code];
        lengths[next] = lengths[before] + 1;
        next++;
        if (next === 1 << bits && bits < MOST_BITS) bits++;
      } else if (code >= next) throw damaged('its codes make no sense');
      const stop = filled + lengths[code];
      for (let place = stop - 1, part = code; place >= filled; place--, part = prefixes[part])
        if (place < count) out[place] = suffixes[part];
      filled = stop;
      before = code;
    }
  }
  return out;
}
