// The computer does not sleep while a run trains, nor between two of the queue: one begins seconds after the other has ended.
import type { Training } from './training';

/** Longer than a process takes to begin; a run that is being begun by then is a run. */
const RELEASED_AFTER_MS = 60_000;

/** As Electron's powerSaveBlocker holds the computer awake. */
export interface Blocker {
  start(): number;
  stop(id: number): void;
}

export function keepAwake(training: Training, blocker: Blocker, releasedAfterMs = RELEASED_AFTER_MS): void {
  let held: number | undefined;
  const release = () => {
    if (held === undefined || training.runId !== undefined) return;
    blocker.stop(held);
    held = undefined;
  };
  training.onEvent((event) => {
    if (event === 'ended') setTimeout(release, releasedAfterMs).unref();
    else held ??= blocker.start();
  });
}
