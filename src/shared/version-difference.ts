// How a version differs from the one it was made from, as data and in one sentence.
import { locale } from './language';

interface Move {
  from: string;
  to: string;
  count: number;
}

export interface VersionDifference {
  added: number;
  dropped: number;
  /** Single samples given another class, most first. */
  relabelled: Move[];
  /** Whole classes under a new name. */
  renamed: Move[];
  /** Whole classes that went into another one. */
  merged: Move[];
  /** Classes of which nothing is left. */
  leftClasses: string[];
}

/** Named each; further ones are counted. */
const NAMED = 3;

const number = (value: number): string => value.toLocaleString(locale);

/** "5 relabelled: 3 cat → dog, 2 dog → cat; 12 added; 1 dropped". */
export function differenceSentence({ added, dropped, relabelled, renamed, merged, leftClasses }: VersionDifference): string {
  const parts: string[] = [];
  const total = relabelled.reduce((sum, { count }) => sum + count, 0);
  if (total > 0) {
    const moves = some(relabelled.map(({ from, to, count }) => `${number(count)} ${from} → ${to}`));
    parts.push(`${number(total)} relabelled: ${moves}`);
  }
  if (merged.length > 0) parts.push(`merged: ${some(merged.map(({ from, to, count }) => `${from} into ${to} (${number(count)})`))}`);
  if (renamed.length > 0) parts.push(`renamed: ${some(renamed.map(({ from, to }) => `${from} → ${to}`))}`);
  if (leftClasses.length === 1) parts.push(`1 class left out: ${some(leftClasses)}`);
  if (leftClasses.length > 1) parts.push(`${number(leftClasses.length)} classes left out: ${some(leftClasses)}`);
  if (added > 0) parts.push(`${number(added)} added`);
  if (dropped > 0) parts.push(`${number(dropped)} dropped`);
  return parts.join('; ') || 'no difference';
}

const some = (names: string[]): string =>
  names.length <= NAMED ? names.join(', ') : `${names.slice(0, NAMED).join(', ')} and ${number(names.length - NAMED)} more`;
