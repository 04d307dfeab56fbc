// What the desktop shows of a run: progress on the taskbar, no sleep while it trains, a word at its end that leads to it.
import type { RunEvent } from '#shared/run-event';
import { sentence } from '#shared/run-sentence';
import { keepAwake, type Blocker } from './keep-awake';
import type { KeptPreferences } from './preferences';
import type { Watch } from './situation';
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

type Wants = Pick<KeptPreferences, 'now' | 'onChange'>;

export function showPresence(training: Training, desktop: PresenceDesktop, runs: AboutRuns, preferences: Wants): void {
  keepAwake(training, desktop.blocker, preferences);
  let totalSteps = 0;
  training.onEvent((event) => {
    if (event === 'ended') return desktop.setProgress(-1);
    if (event.kind === 'started') totalSteps = event.totalSteps;
    const last = event.kind === 'progress' ? event.steps.at(-1) : undefined;
    if (last && totalSteps > 0) desktop.setProgress(last.step / totalSteps);
    const [ended, { runId }] = [endSentence(event), training];
    if (ended === undefined || runId === undefined || desktop.isWatched() || !preferences.now.notifyEnd) return;
    desktop.notify(`${runs.name(runId)}: ${ended}`, () => runs.open(runId));
  });
}

function endSentence(event: RunEvent): string | undefined {
  const isEnd =
    event.kind === 'finished' ||
    (event.kind === 'paused' && event.why !== undefined) ||
    (event.kind === 'failed' && !['discarded', 'ended'].includes(event.failure.kind));
  return isEnd ? sentence(event) : undefined;
}

export interface Needing {
  watch: Watch;
  desktop: Pick<PresenceDesktop, 'isWatched' | 'notify'>;
  preferences: Pick<KeptPreferences, 'now'>;
  show(): void;
}

/** Said once, where nothing goes on until a person does something: with a window and without one. */
export function tellWhenNeeded({ watch, desktop, preferences, show }: Needing): void {
  let said: string | undefined;
  watch.onChange(() => {
    const { now } = watch;
    const problem = now.kind === 'held' ? now.problem : undefined;
    if (problem === said) return;
    said = problem;
    if (problem === undefined || desktop.isWatched() || !preferences.now.notifyNeeded) return;
    desktop.notify(`The next run could not be started: ${problem}`, show);
  });
}
