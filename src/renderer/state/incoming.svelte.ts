// Data on its way in: chosen, checked, decided about, imported. Nothing is copied before the person says so.
import type { Chosen, WindowApi } from '#shared/contract';
import type { CheckReport, DatasetSummary, ImportOptions, ImportProgress, SampleName } from '#shared/dataset';
import { answered } from './answered';
import { Task } from './task.svelte';

export class Incoming {
  chosen = $state.raw<Chosen>();
  report = $state.raw<CheckReport>();
  /** As the person wants it stored; starts as suggested. */
  options = $state<ImportOptions>({ width: 32, height: 32, channels: 3 });
  progress = $state.raw<ImportProgress>();
  readonly checking = new Task();
  readonly importing = new Task();

  constructor(
    private readonly api: WindowApi,
    private readonly onImported: (dataset: DatasetSummary) => Promise<void>,
  ) {}

  get busy(): boolean {
    return this.checking.running || this.importing.running;
  }

  choose(): Promise<void> {
    return this.#check(() => answered(this.api.chooseFolder()));
  }

  chooseFile(): Promise<void> {
    return this.#check(() => answered(this.api.chooseDataFile()));
  }

  drop(file: File): Promise<void> {
    return this.#check(() => answered(this.api.acceptDrop(file)));
  }

  async #check(choose: () => Promise<Chosen | null>): Promise<void> {
    if (this.busy) return;
    this.importing.forget();
    await this.checking.run(async () => {
      const chosen = await choose();
      if (!chosen) return;
      this.report = undefined;
      this.progress = undefined;
      this.chosen = chosen;
      const report = await answered(this.api.checkFolder(chosen.token));
      this.options = { ...report.suggested, leaveOut: [] };
      this.report = report;
    });
    if (!this.report) this.chosen = undefined;
  }

  import(): Promise<void> {
    const { chosen } = this;
    return chosen ? this.#import(() => answered(this.api.importFolder(chosen.token, $state.snapshot(this.options)))) : Promise.resolve();
  }

  importSample(name: SampleName): Promise<void> {
    return this.#import(() => answered(this.api.importSample(name)));
  }

  async #import(question: () => Promise<DatasetSummary>): Promise<void> {
    if (this.busy) return;
    this.progress = undefined;
    const dataset = await this.importing.run(question);
    this.progress = undefined;
    if (!dataset) return;
    this.discard();
    await this.onImported(dataset);
  }

  async cancel(): Promise<void> {
    await this.api.cancelImport();
  }

  /** Back to before the folder was chosen. */
  discard(): void {
    this.chosen = undefined;
    this.report = undefined;
    this.checking.forget();
    this.importing.forget();
  }
}
