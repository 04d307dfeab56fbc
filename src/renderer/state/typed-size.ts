// A size as a person goes on typing or sliding it: in the unit that stood there before.
import { formatBytes, parseTypedBytes } from '#shared/bytes';
import { plainly, withMark, withPoint } from '#shared/language';

const unitOf = (text: string): string | undefined => /[a-z]+(?=\s*$)/i.exec(text)?.[0];

/** "4" after "512 MB" is "4 MB"; what is more than a number stays as it is. */
export function inUnitBefore(typed: string, before: string): string {
  const unit = unitOf(before);
  return unit !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(withPoint(typed)) ? `${typed.trim()} ${unit}` : typed;
}

/** To two digits, in the unit of what stood there where that reads well. */
export function inUnitOf(bytes: number, before: string): string {
  const unit = unitOf(before);
  const amount = bytes / (parseTypedBytes(`1 ${unit}`) ?? NaN);
  return amount >= 0.1 && amount < 10_000
    ? `${withMark(Number(amount.toPrecision(2)))} ${unit}`
    : plainly(formatBytes(Number(bytes.toPrecision(2))));
}

/** To two digits: what is written is never less than what is needed. */
export function roundedUp(bytes: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(bytes)) - 1);
  return unit * Math.ceil(bytes / unit);
}
