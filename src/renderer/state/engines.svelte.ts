// Which engine runs here and why, and the installing and removing of others.
import type { WindowApi } from '#shared/contract';
import type { EnginesAnswer, InstallProgress, NativeKind } from '#shared/engine';
import { answered } from './answered';
import { Task } from './task.svelte';

export class Engines {
  answer = $state.raw<EnginesAnswer>();
  /** The engine being installed or removed. */
  busyWith = $state<{ kind: NativeKind; what: 'install' | 'remove' }>();
  progress = $state.raw<InstallProgress>();
  readonly loading = new Task();
  readonly changing = new Task();

  constructor(private readonly api: WindowApi) {}

  async load(): Promise<void> {
    const answer = await this.loading.run(() => answered(this.api.getEngines()));
    if (answer) this.answer = answer;
  }

  install(kind: NativeKind): Promise<void> {
    return this.#change(kind, 'install', () => answered(this.api.installEngine(kind)));
  }

  remove(kind: NativeKind): Promise<void> {
    return this.#change(kind, 'remove', () => answered(this.api.removeEngine(kind)));
  }

  async cancel(): Promise<void> {
    await this.api.cancelInstall();
  }

  async #change(kind: NativeKind, what: 'install' | 'remove', question: () => Promise<EnginesAnswer>): Promise<void> {
    if (this.busyWith) return;
    this.busyWith = { kind, what };
    this.progress = undefined;
    const answer = await this.changing.run(question);
    this.busyWith = undefined;
    // A cancelled or failed installation leaves something on disk to know about.
    if (answer) this.answer = answer;
    else await this.load();
  }
}
