// Models of a person's own that a run may start from, and the taking in of another.
import type { WindowApi } from '#shared/contract';
import type { OwnModel } from '#shared/own-model';
import { answered } from './answered';
import { Task } from './task.svelte';

export class OwnModels {
  all = $state.raw<OwnModel[]>([]);
  loaded = $state(false);
  readonly taking = new Task();

  constructor(private readonly api: WindowApi) {}

  async load(): Promise<void> {
    this.all = await answered(this.api.listModels());
    this.loaded = true;
  }

  /** Undefined where none was chosen, or it cannot be used: then `taking` has the sentence. */
  choose(): Promise<OwnModel | undefined> {
    return this.taking.run(async () => {
      const taken = await answered(this.api.chooseModel());
      if (!taken) return undefined;
      await this.load();
      return taken;
    });
  }
}
