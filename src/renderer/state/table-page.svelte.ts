// One table opened: what its columns hold under the split of the plan.
import type { WindowApi } from '#shared/contract';
import type { SplitSettings } from '#shared/dataset-view';
import type { TableView } from '#shared/table-view';
import { answered } from './answered';
import { Task } from './task.svelte';

export class TablePage {
  view = $state.raw<TableView>();
  readonly opening = new Task();

  constructor(
    private readonly api: WindowApi,
    private readonly datasetId: string,
  ) {}

  async open(split: SplitSettings): Promise<void> {
    const view = await this.opening.run(() => answered(this.api.viewTable(this.datasetId, split)));
    if (view) this.view = view;
  }
}
