// What is known at some sizes, said of any size: a line between two neighbours, the last line going on beyond them.

export type Known = readonly [size: number, value: number];

/** @param known growing by size, at least one: one alone is the value of every size */
export function interpolate(known: readonly Known[], size: number): number {
  const next = known.findIndex(([at]) => at >= size);
  if (next >= 0 && known[next][0] === size) return known[next][1];
  if (known.length === 1) return known[0][1];
  const above = next < 0 ? known.length - 1 : Math.max(1, next);
  const [[from, a], [to, b]] = [known[above - 1], known[above]];
  return a + ((b - a) * (size - from)) / (to - from);
}
