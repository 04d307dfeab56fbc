// The paired randomization test (Noreen 1989): if two models were equally good, swapping what they said of any sample would change nothing.
export const SWAPS = 2_000;

/**
 * @param difference of the two, where those samples are swapped that are marked
 * @param random numbers in [0, 1), seeded
 * @returns how often swapping at random brings a difference as large as the one that was seen
 */
export function pairedSwapP(samples: number, difference: (swapped: Uint8Array) => number, random: () => number, swaps = SWAPS): number {
  const swapped = new Uint8Array(samples);
  // What is equal is so to its last digits, in whatever order it was summed.
  const seen = Math.abs(difference(swapped)) * (1 - 1e-9);
  let asLarge = 1;
  for (let draw = 0; draw < swaps; draw++) {
    for (let i = 0; i < samples; i++) swapped[i] = Number(random() < 0.5);
    if (Math.abs(difference(swapped)) >= seen) asLarge++;
  }
  return asLarge / (swaps + 1);
}
