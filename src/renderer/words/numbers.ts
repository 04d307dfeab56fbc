// Numbers as a person reads them.
import { fixed, locale, withMark, withUnit } from '#shared/language';
export const count = (value: number): string => value.toLocaleString(locale);

/** "1 picture", "1,797 pictures". */
export const counted = (value: number, one: string, many: string): string => `${count(value)} ${value === 1 ? one : many}`;

/** On an axis: "40 %". */
export const wholePercent = (share: number): string => withUnit(Math.round(100 * share), '%');

export { percent } from '#shared/percent';

/** More zeros are not counted. */
const LEAST_LOSS = 1e-6;

/** On an axis, and of what is small: never "3.7e-5". */
export const plain = (value: number, digits = 3): string => value.toLocaleString(locale, { maximumSignificantDigits: digits });

/** A loss: three significant digits, plain where that stays short. */
export function loss(value: number): string {
  if (!Number.isFinite(value)) return 'not a number';
  if (value !== 0 && Math.abs(value) < LEAST_LOSS) return `under ${plain(LEAST_LOSS)}`;
  if (value !== 0 && Math.abs(value) < 0.001) return plain(value, 2);
  return value >= 100 ? fixed(value, 0) : withMark(value.toPrecision(3));
}

/** Speed: "1,240", "86", "3.4". */
export const rate = (perSecond: number): string => (perSecond < 10 ? fixed(perSecond, 1) : count(Math.round(perSecond)));
