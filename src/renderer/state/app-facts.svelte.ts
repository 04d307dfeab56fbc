// What the app tells of itself: asked when it is looked at.
import type { AppFacts } from '#shared/app-facts';
import type { WindowApi } from '#shared/contract';
import { answered } from './answered';
import { Task } from './task.svelte';

export class AppFactsState {
  now = $state.raw<AppFacts>();
  readonly loading = new Task();
  readonly testing = new Task();

  constructor(private readonly api: WindowApi) {}

  async load(): Promise<AppFacts | undefined> {
    const facts = await this.loading.run(() => answered(this.api.getAppFacts()));
    if (facts) this.now = facts;
    return facts;
  }

  testNotification(): Promise<void> {
    return this.testing.run(() => answered(this.api.testNotification()));
  }
}
