// What the desktop shows of a run: progress on the taskbar, no sleep while it trains, a word at its end that leads to it.
import type { RunEvent } from '#shared/run-event';
import { sentence } from '#shared/run-sentence';
import { keepAwake, type Blocker } from './keep-awake';
import type { Training } from './training';

/** What the desktop offers; Electron's is in native-presence.ts. */
export interface PresenceDesktop {
  blocker: Blocker;
  /** From 0 to 1; -1: none. */
  setProgress(share: number): void;
  /** The person looks at the window. */
  isWatched(): boolean;
  /** `open` is called when it is clicked. */
  notify(body: string, open: () => void): void;
}

/** What a word about a run needs. */
export interface AboutRuns {
  name(runId: string): string;
  open(runId: string): void;
}

export function showPresence(training: Training, desktop: PresenceDesktop, runs: AboutRuns): void {
  keepAwake(training, desktop.blocker);
  let totalSteps = 0;
  training.onEvent((event) => {
    if (event === 'ended') return desktop.setProgress(-1);
    if (event.kind === 'started') totalSteps = event.totalSteps;
    const last = event.kind === 'progress' ? event.steps.at(-1) : undefined;
    if (last && totalSteps > 0) desktop.setProgress(last.step / totalSteps);
    const [ended, { runId }] = [endSentence(event), training];
    if (ended === undefined || runId === undefined || desktop.isWatched()) return;
    desktop.notify(`${runs.name(runId)}: ${ended}`, () => runs.open(runId));
  });
}

function endSentence(event: RunEvent): string | undefined {
  const isEnd = event.kind === 'finished' || (event.kind === 'failed' && !['discarded', 'ended'].includes(event.failure.kind));
  return isEnd ? sentence(event) : undefined;
}
