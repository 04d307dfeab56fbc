// What is set for the whole app, as main keeps it: every change is kept at once, and taken back where it could not be.
import type { WindowApi } from '#shared/contract';
import { DEFAULT_PREFERENCES, type PreferenceName, type Preferences, type PreferencesChange } from '#shared/preferences';
import { answered } from './answered';
import { Task } from './task.svelte';

export class PreferencesState {
  now = $state.raw<Preferences>(DEFAULT_PREFERENCES);
  /** Main has told: before that nothing is known to be as it usually is. */
  loaded = $state(false);
  readonly loading = new Task();
  /** Why the last change did not hold. */
  problem = $state<string>();

  /** @param onKnown hears of what holds, whenever that is told */
  constructor(
    private readonly api: WindowApi,
    private readonly onKnown: (now: Preferences) => void = () => {},
  ) {}

  async load(): Promise<void> {
    const now = await this.loading.run(() => answered(this.api.getPreferences()));
    if (now) this.hear(now);
  }

  hear(now: Preferences): void {
    this.now = now;
    this.loaded = true;
    this.onKnown(now);
  }

  differs(name: PreferenceName): boolean {
    return this.now[name] !== DEFAULT_PREFERENCES[name];
  }

  reset(name: PreferenceName): Promise<void> {
    return this.change({ [name]: DEFAULT_PREFERENCES[name] });
  }

  /** Shown before it is kept: a switch does not wait for the disk. */
  async change(change: PreferencesChange): Promise<void> {
    const before = this.now;
    this.problem = undefined;
    this.now = { ...before, ...change };
    const answer = await this.api.changePreferences(change);
    if (answer.ok) this.hear(answer.value);
    else {
      this.now = before;
      this.problem = answer.sentence;
    }
  }
}
