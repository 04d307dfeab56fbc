// Imports that were ended before their end: listed until they go on or are discarded.
import type { WindowApi } from '#shared/contract';
import type { StoppedImport } from '#shared/stopped-import';
import { failureSentence, toFailure } from '#shared/failure';
import { answered } from './answered';
import { Task } from './task.svelte';

export class StoppedImports {
  all = $state.raw<StoppedImport[]>([]);
  readonly changing = new Task();
  /** Why they cannot be listed. */
  problem = $state<string>();

  constructor(private readonly api: WindowApi) {}

  /** What was listed before stays where that fails. */
  async load(): Promise<void> {
    try {
      this.all = await answered(this.api.listStoppedImports());
      this.problem = undefined;
    } catch (error) {
      this.problem = failureSentence(toFailure(error));
    }
  }

  async discard({ id }: StoppedImport): Promise<void> {
    await this.changing.run(async () => {
      await answered(this.api.discardImport(id));
      await this.load();
    });
  }
}
