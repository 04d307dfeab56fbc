// How often McNemar's exact test would find a difference that is there, and how large one must be to be found.
import { atLeast, binomialPmf } from './binomial';
import { normalCdf, normalQuantile, reaches } from './special-functions';

/** More samples than this on which the two differ are counted by the normal approximation, which is then within a hundredth. */
const MOST_COUNTED = 2_000;

/** The usual share in which a difference worth looking for should be found. */
export const WANTED_POWER = 0.8;

/** Of `apart` samples, how many one side needs for the test to call it uneven; more than `apart` where none is enough. */
function critical(apart: number, level: number): number {
  let k = Math.ceil(apart / 2 + (normalQuantile(1 - level / 2) * Math.sqrt(apart)) / 2);
  const isUneven = (count: number): boolean => 2 * atLeast(count, apart, 0.5) <= level;
  while (k > apart / 2 && isUneven(k - 1)) k--;
  while (k <= apart && !isUneven(k)) k++;
  return k;
}

/**
 * @param apart share of the samples that only one of the two gets right
 * @param difference of their shares of right answers, at most `apart`
 */
export function mcnemarPower(samples: number, apart: number, difference: number, level = 0.05): number {
  if (apart <= 0) return 0;
  if (samples * apart > MOST_COUNTED) {
    const spread = Math.sqrt(apart - difference ** 2);
    const z = normalQuantile(1 - level / 2) * Math.sqrt(apart);
    const shift = Math.abs(difference) * Math.sqrt(samples);
    return normalCdf((shift - z) / spread) + normalCdf((-shift - z) / spread);
  }
  const share = (apart + difference) / (2 * apart);
  const [mean, deviation] = [samples * apart, Math.sqrt(samples * apart * (1 - apart))];
  const [least, most] = [Math.max(0, Math.floor(mean - 8 * deviation - 8)), Math.min(samples, Math.ceil(mean + 8 * deviation + 8))];
  let power = 0;
  for (let count = least; count <= most; count++) {
    const k = criticalOf(count, level);
    if (k <= count) power += binomialPmf(count, samples, apart) * (atLeast(k, count, share) + atLeast(k, count, 1 - share));
  }
  return Math.min(1, power);
}

const known = new Map<string, number>();

function criticalOf(apart: number, level: number): number {
  const key = `${apart} ${level}`;
  const found = known.get(key) ?? critical(apart, level);
  known.set(key, found);
  return found;
}

/** The smallest difference that is found in 80 of 100 cases by so many samples, where the two differ on a share `apart` of them. */
export const detectableDifference = (samples: number, apart: number): number =>
  reaches(WANTED_POWER, (difference) => mcnemarPower(samples, Math.max(apart, difference), difference), 0, 1, 14);
