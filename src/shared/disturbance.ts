// What was timed while other programs were at work: it may have taken longer for that, and how much longer nobody knows.
import { spanInAll, spanOfAll, type TimeSpan } from './time-span';

/** Of the work; less is what any computer does beside. */
export const NOTABLE_DISTURBANCE = 0.15;
/** A span wider than this says nothing. */
const MOST = 0.75;

/**
 * At most as long as it was timed, at least what is left without the share that others took, twice: with cores taken away threads wait for each
 * other, too.
 * @param seconds as timed @param share that others took meanwhile
 */
export function undisturbed(seconds: number, share = 0): TimeSpan {
  if (share < NOTABLE_DISTURBANCE) return { secondsPerEpoch: seconds };
  const left = 1 - Math.min(share, MOST);
  return { secondsPerEpoch: seconds * left, timesApart: 1 / left };
}

/** Seconds of an epoch, as they were timed once. */
interface Timed {
  seconds: number;
  disturbed?: number;
}

export const isDisturbed = ({ disturbed = 0 }: Pick<Timed, 'disturbed'>): boolean => disturbed >= NOTABLE_DISTURBANCE;

/**
 * What was timed with nobody else at work may come true again, each time of it; else it is somewhere in all that was timed and is expected.
 * @param timed newest first
 * @param expected by what is known of this computer
 */
export function spanOf(timed: readonly [Timed, ...Timed[]], expected?: TimeSpan): TimeSpan {
  const [first, ...others] = timed.filter((one) => !isDisturbed(one)).map(({ seconds }): TimeSpan => ({ secondsPerEpoch: seconds }));
  if (first) return spanOfAll([first, ...others]);
  const [newest, ...earlier] = timed.map(({ seconds, disturbed }) => undisturbed(seconds, disturbed));
  return spanInAll([newest, ...earlier, ...(expected ? [expected] : [])]) ?? spanInAll([newest, ...earlier]) ?? newest;
}
