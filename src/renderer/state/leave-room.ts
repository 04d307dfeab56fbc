// "Left for other programs": a budget that follows what is free.
import { formatBytes, parseTypedBytes } from '#shared/bytes';

/** What is left, where it can be; otherwise why not, in a sentence. */
export type Leaving = { budgetBytes: number } | { problem: string };

/** @param text of the field @param mostBytes that training can use at all */
export function leaving(text: string, freeBytes: number, mostBytes: number): Leaving {
  const left = parseTypedBytes(text);
  if (left === undefined) return { problem: 'Write a size with its unit, such as 2 GB.' };
  if (left >= freeBytes) return { problem: `Only ${formatBytes(freeBytes)} are free now: leave less.` };
  return { budgetBytes: roundedDown(Math.min(freeBytes - left, mostBytes)) };
}

/** To two digits: what is written is never more than what was meant. */
export function roundedDown(bytes: number): number {
  if (bytes < 1) return 0;
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(bytes)) - 1);
  return unit * Math.floor(bytes / unit);
}

/** Free memory comes and goes a little all the time: a budget that is nearly right stays, and with it what was measured. */
const NOTABLE_SHARE = 0.05;

/** Whether a budget no longer leaves what it should. */
export const isNotable = (budgetBytes: number, before: number | undefined): boolean =>
  before === undefined || Math.abs(budgetBytes - before) > NOTABLE_SHARE * before;
