// Holm's correction (1979): of many comparisons some look better by luck alone; what each p is worth among all of them.

/** In the order given; the smallest counts for all, the next for one fewer, and none less than one before it. */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => ps[a] - ps[b]);
  const corrected = new Array<number>(ps.length);
  let before = 0;
  order.forEach((place, rank) => {
    before = Math.min(1, Math.max(before, (ps.length - rank) * ps[place]));
    corrected[place] = before;
  });
  return corrected;
}
