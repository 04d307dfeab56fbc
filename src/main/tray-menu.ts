// What the tray says and offers, true at every moment.
import { quoted } from '#shared/language';
import type { Situation } from './situation';

/** Of a run: the one that the menu named, whatever trains when it is pressed. */
export type TrayAction = 'show' | 'quit' | { pause: string } | { resume: string };

export interface TrayLook {
  /** As its icon shows it, from 0 to 1. */
  share: number;
  words: string;
  /** Why nothing trains. */
  problem?: string;
  offers: { label: string; does: TrayAction }[];
}

/** Windows cuts a tool tip at 127 letters. */
const LONGEST_NAME = 60;

export function trayLook(now: Situation): TrayLook {
  const share = 'share' in now ? (now.share ?? 0) : 0;
  return {
    share,
    words: now.waiting > 0 ? `${wordsOf(now)}, ${now.waiting} waiting` : wordsOf(now),
    ...('problem' in now && { problem: now.problem }),
    offers: [
      { label: 'Show Overbatch', does: 'show' },
      ...(now.kind === 'training' ? [{ label: 'Pause', does: { pause: now.runId } }] : []),
      ...(now.kind === 'paused' ? [{ label: 'Resume', does: { resume: now.runId } }] : []),
      { label: 'Quit', does: 'quit' },
    ],
  };
}

function wordsOf(now: Situation): string {
  switch (now.kind) {
    case 'training':
      return now.share === undefined ? `Starting ${named(now.name)}` : `Training ${named(now.name)}, ${percent(now.share)} done`;
    case 'next':
      return now.problem === undefined ? `Starting ${named(now.name)}` : `${named(now.name)} waits for the history`;
    case 'paused':
      return `${named(now.name)} is paused at ${percent(now.share)}`;
    case 'held':
      return 'The next run could not be started';
    case 'idle':
      return 'Nothing is training';
  }
}

const named = (name: string): string => quoted(name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);

/** Rounded down: what is not done is not 100 %. */
const percent = (share: number): string => `${Math.floor(100 * share)} %`;
