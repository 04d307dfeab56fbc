// What is known at some sizes, said of any size: a line between two neighbours; beyond the last one a line that does not fall, through sizes
// that are apart.

export type Known = readonly [size: number, value: number];

/** Closer ones, such as 62 and 63, differ by chance. */
const APART = 1.5;

/** @param known growing by size, at least one: one alone is the value of every size */
export function interpolate(known: readonly Known[], size: number): number {
  const next = known.findIndex(([at]) => at >= size);
  if (next >= 0 && known[next][0] === size) return known[next][1];
  if (known.length === 1) return known[0][1];
  if (next < 0) return beyond(known, size);
  const above = Math.max(1, next);
  return line(known[above - 1], known[above], size);
}

const line = ([from, a]: Known, [to, b]: Known, size: number): number => a + ((b - a) * (size - from)) / (to - from);

function beyond(known: readonly Known[], size: number): number {
  const last = known[known.length - 1];
  const before = known.findLast(([at]) => APART * at <= last[0]) ?? known[0];
  return Math.max(last[1], line(before, last, size));
}
