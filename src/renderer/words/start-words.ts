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

/** Engine and data are loaded, and pieces timed until they are fast. Measured of four networks (bench/NOTES.md, fifth session), as all here. */
const ALONE = 4;
/** What a network compiles grows with it as a piece does, up to so many seconds; then the pieces that are tried are all there is to it. */
const [COMPILED, MOST_COMPILED] = [52, 15];
const TRIED = 8;
const TIMES_APART = 1.6;

function measuringSeconds({ pieces, secondsPerEpoch, updatesPerEpoch }: NonNullable<Readiness['outlook']>): number | undefined {
  if (secondsPerEpoch === undefined || updatesPerEpoch === undefined) return undefined;
  const piece = secondsPerEpoch / (updatesPerEpoch * pieces.length);
  return ALONE + Math.min(COMPILED * piece, MOST_COMPILED) + TRIED * piece;
}
