// The batch sizes that are shown beside the one that is asked for.

/** Powers of two on each side of it. */
const BELOW = 3;
const ABOVE = 2;

/** Growing, the asked one among them; every update has at most the samples there are, so larger ones are the same. */
export function batchesBeside(asked: number, train: number): number[] {
  const nearest = Math.round(Math.log2(asked));
  const powers = Array.from({ length: BELOW + 1 + ABOVE }, (_, i) => 2 ** (nearest - BELOW + i)).filter((size) => size >= 1);
  return [...new Set([...powers, asked].map((size) => Math.min(size, train)))].sort((a, b) => a - b);
}
