// A decoded mask as it is stored: the class of every pixel, at the size the picture is stored at; a pixel takes the class of the nearest one.
import { IGNORED } from '#shared/mask-index';
import { codeIn, type MaskClasses } from './classes-of-masks';
import type { DecodedMask } from './decode-mask';

/** Class indices by stored code, as `places` has them for the classes in order. */
export function indexByCode({ coding, classes, between }: MaskClasses, places: readonly number[], mask: Pick<DecodedMask, 'coding'>) {
  const byCode = new Map(classes.map(({ code }, i) => [code, places[i]]));
  for (const [code, of] of between) byCode.set(code, byCode.get(of)!);
  return (stored: number): number => byCode.get(codeIn(coding, mask, stored)) ?? IGNORED;
}

export function packMask(mask: DecodedMask, indexOf: (code: number) => number, to: { width: number; height: number }): Uint8Array {
  const packed = new Uint8Array(to.width * to.height);
  const columns = Array.from({ length: to.width }, (_, x) => Math.floor(((x + 0.5) * mask.width) / to.width));
  let [code, index] = [-1, IGNORED];
  for (let y = 0, at = 0; y < to.height; y++) {
    const row = Math.floor(((y + 0.5) * mask.height) / to.height) * mask.width;
    for (let x = 0; x < to.width; x++) {
      const stored = mask.codes[row + columns[x]];
      if (stored !== code) index = indexOf((code = stored));
      packed[at++] = index;
    }
  }
  return packed;
}

/** The class that most of it belongs to besides the first; 0 where it has no other. */
export function leadingClass(packed: Uint8Array): number {
  const counts = new Uint32Array(IGNORED + 1);
  for (const index of packed) counts[index]++;
  let best = 0;
  for (let label = 1; label < IGNORED; label++) if (counts[label] > (best === 0 ? 0 : counts[best])) best = label;
  return best;
}
