// The imported data sets and their preview pictures.
import { formatBytes } from '#shared/bytes';
import type { WindowApi } from '#shared/contract';
import type { Thumbnail } from '#shared/dataset-view';
import { sortOf, type DataSort } from '#shared/data-sort';
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

  /** The newest version of each data set, newest data set first. */
  readonly newest = $derived(
    this.all.filter(({ series, version }) => !this.all.some((other) => other.series === series && other.version > version)),
  );

  /** Newest first. */
  versionsOf(series: string): DatasetSummary[] {
    return this.all.filter((dataset) => dataset.series === series).sort((a, b) => b.version - a.version);
  }

  /** The number that the next version of its data set will have. */
  nextVersionOf(id: string): number | undefined {
    const dataset = this.find(id);
    return dataset && this.versionsOf(dataset.series)[0].version + 1;
  }

  find(id: string): DatasetSummary | undefined {
    return this.all.find((dataset) => dataset.id === id);
  }

  /** What a run learns from it; pictures where it is gone. */
  sortOf(id: string): DataSort {
    const dataset = this.find(id);
    return dataset ? sortOf(dataset) : 'pictures';
  }

  async load(): Promise<void> {
    const all = await this.loading.run(() => answered(this.api.listDatasets()));
    if (all) this.all = all;
    this.loaded = true;
  }

  thumbnails(id: string): Promise<Thumbnail[]> {
    return answered(this.api.thumbnails(id));
  }

  versionUse(id: string): Promise<{ runs: string[]; freesBytes: number }> {
    return answered(this.api.versionUse(id));
  }

  /** True when it is gone. */
  async deleteVersion({ id, name, version }: DatasetSummary): Promise<boolean> {
    const done = await this.changing.run(async () => {
      const { freedBytes } = await answered(this.api.deleteVersion(id));
      this.toasts.say(`Deleted version ${version} of “${name}”: ${formatBytes(freedBytes)} came back to the disk.`);
      return true;
    });
    await this.load();
    return done === true;
  }

  async remove({ id, name }: DatasetSummary): Promise<void> {
    await this.changing.run(async () => {
      await answered(this.api.deleteDataset(id));
      this.toasts.say(`Removed the data set “${name}”.`, () => void this.restore(id));
    });
    await this.load();
  }

  async restore(id: string): Promise<void> {
    await this.changing.run(() => answered(this.api.restoreDataset(id)));
    await this.load();
  }
}
