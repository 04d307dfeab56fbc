// Seeded random numbers, the same on every engine: a stream is a function of the run's seed and a purpose, never of how much was drawn elsewhere.

/** Uniform numbers in [0, 1): xoshiro128** (Blackman and Vigna 2018), its state filled by splitmix32 from the seed and the stream's numbers. */
export function randomStream(seed: number, ...stream: number[]): () => number {
  let mix = seed >>> 0;
  const splitmix = (): number => {
    mix = (mix + 0x9e3779b9) >>> 0;
    let z = mix;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  for (const part of stream) mix = (splitmix() ^ (part >>> 0)) >>> 0;
  const s = [splitmix(), splitmix(), splitmix(), splitmix() | 1];
  const rotate = (x: number, k: number): number => ((x << k) | (x >>> (32 - k))) >>> 0;
  return () => {
    const result = Math.imul(rotate(Math.imul(s[1], 5) >>> 0, 7), 9) >>> 0;
    const shifted = (s[1] << 9) >>> 0;
    s[2] = (s[2] ^ s[0]) >>> 0;
    s[3] = (s[3] ^ s[1]) >>> 0;
    s[1] = (s[1] ^ s[2]) >>> 0;
    s[0] = (s[0] ^ s[3]) >>> 0;
    s[2] = (s[2] ^ shifted) >>> 0;
    s[3] = rotate(s[3], 11);
    return result / 2 ** 32;
  };
}

/** What a stream is for; a new purpose gets a new number, so that old runs keep theirs. */
export const STREAM = { weights: 1, shuffle: 2, split: 3, noise: 4, augment: 5, mixup: 6, check: 7, resample: 8 } as const;

/** The numbers 0 … count − 1 in random order (Fisher and Yates). */
export function permutation(count: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Standard normal numbers (Box and Muller), cut at two standard deviations by drawing again, as Keras' initializers do. */
export function truncatedNormal(random: () => number): () => number {
  return () => {
    for (;;) {
      const z = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      if (Math.abs(z) <= 2) return z;
    }
  };
}
