// Between which bounds a share lies that was seen in so many samples: the score interval of E. B. Wilson (1927), good for few samples and
// for shares near 0 and 1, where the usual ± is not.

/** Of the standard normal distribution, for 95 %. */
const Z = 1.959963984540054;

export interface Interval {
  low: number;
  high: number;
}

/** `right` of `of`, as shares from 0 to 1; of no sample nothing is known. */
export function wilson(right: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const share = right / of;
  const z2 = Z * Z;
  const middle = share + z2 / (2 * of);
  const half = Z * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  const whole = 1 + z2 / of;
  return {
    low: right === 0 ? 0 : Math.max(0, (middle - half) / whole),
    high: right === of ? 1 : Math.min(1, (middle + half) / whole),
  };
}
