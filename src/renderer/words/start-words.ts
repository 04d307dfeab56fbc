// What stands beside Start: whether the settings were measured, and how long that takes where they were not.
import type { Outlook } from '../state/outlook';
import { roughly } from './time';

interface Readiness {
  isMeasured: boolean;
  /** On an earlier day, with what decides it the same. */
  isKnown: boolean;
  outlook?: Pick<Outlook, 'pieces' | 'secondsPerEpoch' | 'timesApart' | 'updatesPerEpoch' | 'verdict'>;
}

export function startWords({ isMeasured, isKnown, outlook }: Readiness): string {
  if (isMeasured) return 'Measured: ready to start.';
  if (isKnown) return 'Measured before: ready to start.';
  const seconds = outlook && measuringSeconds(outlook);
  return seconds === undefined ? 'Start measures first.' : `Start measures first, which takes ${roughly(seconds, TIMES_APART)}.`;
}

/** Engine and data are loaded, and programs become fast. */
const ALONE = 5;
/** Pieces that are tried, and timed, as long as the largest. */
const PIECES = 8;
const TIMES_APART = 1.6;

function measuringSeconds({ pieces, secondsPerEpoch, updatesPerEpoch }: NonNullable<Readiness['outlook']>): number | undefined {
  if (secondsPerEpoch === undefined || updatesPerEpoch === undefined) return undefined;
  return ALONE + (PIECES * secondsPerEpoch) / (updatesPerEpoch * pieces.length);
}
