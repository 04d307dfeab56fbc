// Models of a person's own that a run may start from, and the taking in of another.
import type { WindowApi } from '#shared/contract';
import type { DataSort } from '#shared/data-sort';
import { FailureError } from '#shared/failure';
import { MODEL_CARDS } from '#shared/model-cards';
import { modelsFor } from '#shared/model-fit';
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
}

function otherData({ model }: OwnModel): string {
  const learns = modelsFor('masks').includes(model) ? 'pictures with masks' : 'classes of pictures';
  return `This file holds the model ${MODEL_CARDS[model].label}, which is for ${learns}. Choose another file, or plan a run on such data.`;
}
