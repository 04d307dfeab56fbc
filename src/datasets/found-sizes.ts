// Sizes of the pictures of a version as their files have them: joined, and what they come to together.
import type { FoundSize, PackedPictures } from '#shared/dataset';

/** Enough to draw; kept with a version. */
const SIZES_KEPT = 1_000;

type Sizes = Pick<PackedPictures, 'sizes' | 'found'>;
type Known = Required<Sizes>;

/** Of all of them, however many are kept: most frequent first. */
export function foundSizes(all: Iterable<FoundSize>): Known {
  const sizes = [...all].sort((a, b) => b.count - a.count || a.width - b.width || a.height - b.height);
  return { sizes: sizes.slice(0, SIZES_KEPT), found: { usual: medians(sizes), largest: largestOf(sizes) } };
}

/** Of a version and of what is added to it; nothing where one of them is not known. */
export function joinedSizes(there: Sizes, added: Sizes): Sizes {
  if (!there.sizes || !added.sizes) return { sizes: undefined, found: undefined };
  const counts = new Map<string, FoundSize>();
  for (const size of [...there.sizes, ...added.sizes]) {
    const key = `${size.width}×${size.height}`;
    counts.set(key, { ...size, count: size.count + (counts.get(key)?.count ?? 0) });
  }
  const { sizes, found } = foundSizes(counts.values());
  return { sizes, found: { ...found, largest: largestOf([found.largest, ...known(there), ...known(added)]) } };
}

const known = ({ found }: Sizes) => (found ? [found.largest] : []);

/** The width and the height that half of the pictures reach. */
const medians = (sizes: readonly FoundSize[]) => ({
  width: medianOf(sizes, ({ width }) => width),
  height: medianOf(sizes, ({ height }) => height),
});

function medianOf(sizes: readonly FoundSize[], side: (size: FoundSize) => number): number {
  let left = sizes.reduce((sum, { count }) => sum + count, 0) / 2;
  const falling = [...sizes].sort((a, b) => side(b) - side(a));
  const middle = falling.find(({ count }) => (left -= count) <= 0);
  return middle ? side(middle) : 0;
}

const largestOf = (sizes: readonly { width: number; height: number }[]) => ({
  width: sizes.reduce((most, { width }) => Math.max(most, width), 0),
  height: sizes.reduce((most, { height }) => Math.max(most, height), 0),
});
