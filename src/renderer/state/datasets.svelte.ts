// The imported data sets and their preview pictures.
import type { Thumbnail, WindowApi } from '#shared/contract';
import type { DatasetSummary } from '#shared/dataset';
import { answered } from './answered';
import { Task } from './task.svelte';
import type { Toasts } from './toasts.svelte';

export class Datasets {
  all = $state.raw<DatasetSummary[]>([]);
  loaded = $state(false);
  readonly loading = new Task();
  readonly changing = new Task();

  constructor(
    private readonly api: WindowApi,
    private readonly toasts: Toasts,
  ) {}

  find(id: string): DatasetSummary | undefined {
    return this.all.find((dataset) => dataset.id === id);
  }

  async load(): Promise<void> {
    const all = await this.loading.run(() => answered(this.api.listDatasets()));
    if (all) this.all = all;
    this.loaded = true;
  }

  thumbnails(id: string): Promise<Thumbnail[]> {
    return answered(this.api.thumbnails(id));
  }

  async remove({ id, name }: DatasetSummary): Promise<void> {
    await this.changing.run(async () => {
      await answered(this.api.deleteDataset(id));
      this.toasts.say(`Removed the data set "${name}".`, () => void this.restore(id));
    });
    await this.load();
  }

  async restore(id: string): Promise<void> {
    await this.changing.run(() => answered(this.api.restoreDataset(id)));
    await this.load();
  }
}
