// Models of a person's own that a run may start from: taking in another, deleting one.
import { formatBytes } from '#shared/bytes';
import type { WindowApi } from '#shared/contract';
import type { DataSort } from '#shared/data-sort';
import { FailureError } from '#shared/failure';
import { MODEL_CARDS } from '#shared/model-cards';
import { modelsFor } from '#shared/model-fit';
import type { OwnModel } from '#shared/own-model';
import { answered } from './answered';
import { Task } from './task.svelte';
import type { Toasts } from './toasts.svelte';

export class OwnModels {
  all = $state.raw<OwnModel[]>([]);
  loaded = $state(false);
  readonly taking = new Task();
  readonly removing = new Task();

  constructor(
    private readonly api: WindowApi,
    private readonly toasts: Toasts,
  ) {}

  async load(): Promise<void> {
    this.all = await answered(this.api.listModels());
    this.loaded = true;
  }

  /** Undefined where none was chosen, or it cannot be used for such data: then `taking` has the sentence. */
  choose(sort: DataSort): Promise<OwnModel | undefined> {
    return this.taking.run(async () => {
      const taken = await answered(this.api.chooseModel());
      if (!taken) return undefined;
      await this.load();
      if (!modelsFor(sort).includes(taken.model)) throw new FailureError({ kind: 'bad-setting', problem: otherData(taken) });
      return taken;
    });
  }

  find(id: string | undefined): OwnModel | undefined {
    return this.all.find((model) => model.id === id);
  }

  use(id: string): Promise<{ runs: string[]; freesBytes: number }> {
    return answered(this.api.modelUse(id));
  }

  async remove({ id, name }: OwnModel): Promise<void> {
    await this.removing.run(async () => {
      const { freedBytes } = await answered(this.api.deleteModel(id));
      this.toasts.say(`Deleted the model “${name}”: ${formatBytes(freedBytes)} came back to the disk.`);
    });
    await this.load();
  }
}

function otherData({ model }: OwnModel): string {
  const learns = modelsFor('masks').includes(model) ? 'pictures with masks' : 'classes of pictures';
  return `This file holds the model ${MODEL_CARDS[model].label}, which is for ${learns}. Choose another file, or plan a run on such data.`;
}
