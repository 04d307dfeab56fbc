// The computer does not sleep while a run trains, nor between two of the queue: one begins seconds after the other has ended.
import type { KeptPreferences } from './preferences';
import type { Training } from './training';

/** Longer than a process takes to begin; a run that is being begun by then is a run. */
const RELEASED_AFTER_MS = 60_000;

/** As Electron's powerSaveBlocker holds the computer awake. */
export interface Blocker {
  start(): number;
  stop(id: number): void;
}

/** @param preferences whether it is wanted at all, which may change while a run trains */
export function keepAwake(
  training: Training,
  blocker: Blocker,
  preferences: Pick<KeptPreferences, 'now' | 'onChange'>,
  releasedAfterMs = RELEASED_AFTER_MS,
): void {
  let held: number | undefined;
  const hold = () => {
    if (preferences.now.keepAwake) held ??= blocker.start();
  };
  const release = () => {
    if (held === undefined) return;
    blocker.stop(held);
    held = undefined;
  };
  training.onEvent((event) => {
    if (event === 'ended') setTimeout(() => training.runId === undefined && release(), releasedAfterMs).unref();
    else hold();
  });
  preferences.onChange(({ keepAwake: isWanted }) => {
    if (!isWanted) release();
    else if (training.runId !== undefined) hold();
  });
}
