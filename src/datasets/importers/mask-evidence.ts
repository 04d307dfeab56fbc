// Which of two groups of files are masks of the other, where no name says it: they go together by name, and one of each two has few values.
import { PictureError } from '../picture-error';
import type { Watch } from '../watch';
import { countCodes } from '../masks/count-codes';
import { readMask } from '../masks/decode-mask';
import type { ListedPicture, Listing } from './importer';
import { pairHalves, type Half } from './mask-pairs';

export type Group = readonly Half[];

/** Of the smaller group, at least so many have a partner. */
const ENOUGH = 0.5;
const LOOKED_AT = 6;
/** A mask has no more values than this, and its picture many times as many: two classes of drawings or digits are alike in that. */
const MOST_VALUES = 32;
const TIMES = 8;

/** The masks' place among the two. Opens a few files of each. */
export async function whichAreMasks(read: Listing['read'], groups: readonly [Group, Group], watch: Watch): Promise<0 | 1 | undefined> {
  for (const masks of [1, 0] as const) {
    const { pairs } = pairHalves(groups[1 - masks], groups[masks], 'none');
    if (pairs.length === 0 || pairs.length < ENOUGH * Math.min(groups[0].length, groups[1].length)) continue;
    const count = Math.min(LOOKED_AT, pairs.length);
    const some = Array.from({ length: count }, (_, i) => pairs[Math.floor((i * pairs.length) / count)]);
    const found: boolean[] = [];
    for (const pair of some) {
      const is = await isMaskOf(read, pair, watch);
      if (is !== undefined) found.push(is);
    }
    if (found.length > 0 && !found.includes(false)) return masks;
  }
  return undefined;
}

/** Undefined where one of the two cannot be read. */
async function isMaskOf(read: Listing['read'], picture: ListedPicture, watch: Watch): Promise<boolean | undefined> {
  const [inMask, inPicture] = [await valuesOf(read, picture.mask!, watch), await valuesOf(read, picture, watch)];
  if (inMask === undefined || inPicture === undefined) return undefined;
  return inMask <= MOST_VALUES && inPicture >= TIMES * inMask;
}

async function valuesOf(
  read: Listing['read'],
  { file, bytes }: Pick<ListedPicture, 'file' | 'bytes'>,
  { guard }: Watch,
): Promise<number | undefined> {
  try {
    return countCodes(await readMask({ read }, { file, bytes }, { guard })).size;
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    // A photograph, and every JPEG.
    return error.kind === 'not-a-mask' ? Infinity : undefined;
  }
}
