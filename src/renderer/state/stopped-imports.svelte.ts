// Imports that were ended before their end: listed until they go on or are discarded.
import type { StoppedImport, WindowApi } from '#shared/contract';
import { answered } from './answered';
import { Task } from './task.svelte';

export class StoppedImports {
  all = $state.raw<StoppedImport[]>([]);
  readonly changing = new Task();

  constructor(private readonly api: WindowApi) {}

  async load(): Promise<void> {
    this.all = await answered(this.api.listStoppedImports());
  }

  async discard({ id }: StoppedImport): Promise<void> {
    await this.changing.run(async () => {
      await answered(this.api.discardImport(id));
      await this.load();
    });
  }
}
