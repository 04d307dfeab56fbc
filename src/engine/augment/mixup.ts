// Mixup (Zhang et al. 2018) within the mini-batch: each sample and a partner, weighted by a share of its own. Both are functions of the
// run's seed, the step and the place, so that a piece can be mixed without the rest of its mini-batch.
import { permutation, randomStream, STREAM } from '../random';

export interface Mixing {
  /** For each place of the mini-batch, its partner's place. */
  partners: Int32Array;
  /** For each place, the share of the sample itself: a half to 1. */
  shares: Float32Array;
}

/** @param alpha of the Beta distribution that the shares come from; the larger of a share and what it leaves is the sample's own */
export function mixingOf(alpha: number, seed: number, step: number, batch: number): Mixing {
  const partners = permutation(batch, randomStream(seed, STREAM.mixup, step, 0));
  const shares = Float32Array.from({ length: batch }, (_, place) => {
    const share = beta(alpha, randomStream(seed, STREAM.mixup, step, 1, place));
    return Math.max(share, 1 - share);
  });
  return { partners, shares };
}

/** Beta(a, a), by Jöhnk (1964) up to 1 and as a ratio of Gamma numbers (Marsaglia and Tsang 2000) above. */
function beta(a: number, random: () => number): number {
  if (a > 1) {
    const x = gamma(a, random);
    return x / (x + gamma(a, random));
  }
  for (;;) {
    // In logarithms: for a small alpha the powers themselves would be 0.
    const [u, v] = [Math.log(1 - random()) / a, Math.log(1 - random()) / a];
    const most = Math.max(u, v);
    const sum = most + Math.log(Math.exp(u - most) + Math.exp(v - most));
    if (sum <= 0) return Math.exp(u - sum);
  }
}

function gamma(shape: number, random: () => number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + c * normal) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * normal ** 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** `pixels` becomes share × pixels + (1 − share) × partner, rounded to bytes. */
export function mixInto(pixels: Uint8Array, partner: Uint8Array, share: number): void {
  for (let i = 0; i < pixels.length; i++) pixels[i] = share * pixels[i] + (1 - share) * partner[i] + 0.5;
}
