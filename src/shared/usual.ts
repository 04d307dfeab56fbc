// What something usually takes, of several readings.
import { median } from './median';

const STRETCHES = 5;

/** The median of a few stretches' means: what comes now and then (memory that is cleared up) counts, a single disturbance does not. */
export function usual(values: readonly number[]): number {
  const stretches = Math.min(STRETCHES, values.length);
  const means = Array.from({ length: stretches }, (_, i) => {
    const stretch = values.slice((i * values.length) / stretches, ((i + 1) * values.length) / stretches);
    return stretch.reduce((sum, value) => sum + value, 0) / stretch.length;
  });
  return median(means);
}
