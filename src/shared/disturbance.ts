// What was timed while other programs were at work: it may have taken longer for that, and how much longer nobody knows.
import type { RanPace } from './forecast';

/** Of the work; less is what any computer does beside. */
export const NOTABLE_DISTURBANCE = 0.15;
/** A span wider than this says nothing. */
const MOST = 0.75;

/**
 * At most as long as it was timed, at least what is left without the share that others took, twice: with cores taken away threads wait for each
 * other, too.
 * @param seconds as timed @param share that others took meanwhile
 */
export function undisturbed(seconds: number, share = 0): { secondsPerEpoch: number; timesApart?: number } {
  if (share < NOTABLE_DISTURBANCE) return { secondsPerEpoch: seconds };
  const left = 1 - Math.min(share, MOST);
  return { secondsPerEpoch: seconds * left, timesApart: 1 / left };
}

/** Beside a run anything may have been at work: what was timed later, with nobody else, goes before it. @param timed when, ISO */
export const goesBefore = (timed: { at?: string; disturbed?: number }, ran: Pick<RanPace, 'at'>): boolean =>
  timed.at !== undefined && timed.at > ran.at && (timed.disturbed ?? 0) < NOTABLE_DISTURBANCE;
