// Shares as a person reads them.
import { fixed, withUnit } from './language';

/** A share of 0 to 1 as "97.2 %", "–" where there is none; never rounded up to a perfect 100 nor down to a perfect 0. */
export function percent(share: number): string {
  if (Number.isNaN(share)) return '–';
  const rounded = Math.round(share * 1000) / 10;
  if (rounded === 100 && share < 1) return `over ${withUnit(fixed(99.9, 1), '%')}`;
  if (rounded === 0 && share > 0) return `under ${withUnit(fixed(0.1, 1), '%')}`;
  return withUnit(fixed(rounded, 1), '%');
}
