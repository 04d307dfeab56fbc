// Data on its way in: chosen, checked, decided about, imported. Nothing is copied before the person says so.
import type { Chosen, WindowApi } from '#shared/contract';
import type { CheckReport, DatasetSummary, ImportProgress, PictureOptions, PictureSummary, SampleName } from '#shared/dataset';
import { answered } from './answered';
import { Task } from './task.svelte';

export class Incoming {
  chosen = $state.raw<Chosen>();
  report = $state.raw<CheckReport>();
  /** Pictures as the person wants them stored; starts as suggested. */
  options = $state<PictureOptions>({ width: 32, height: 32, channels: 3 });
  /** The version these pictures are added to; absent: they become a data set of their own. */
  onto = $state.raw<PictureSummary>();
  progress = $state.raw<ImportProgress>();
  readonly checking = new Task();
  readonly importing = new Task();
  readonly saving = new Task();

  constructor(
    private readonly api: WindowApi,
    private readonly onImported: (dataset: DatasetSummary) => Promise<void>,
  ) {}

  get busy(): boolean {
    return this.checking.running || this.importing.running;
  }

  choose(onto?: PictureSummary): Promise<void> {
    return this.#check(() => answered(this.api.chooseFolder()), onto);
  }

  chooseFile(): Promise<void> {
    return this.#check(() => answered(this.api.chooseDataFile()));
  }

  drop(file: File): Promise<void> {
    return this.#check(() => answered(this.api.acceptDrop(file)));
  }

  async #check(choose: () => Promise<Chosen | null>, onto?: PictureSummary): Promise<void> {
    if (this.busy) return;
    this.onto = onto;
    this.importing.forget();
    await this.checking.run(async () => {
      const chosen = await choose();
      if (!chosen) return;
      this.report = undefined;
      this.progress = undefined;
      this.chosen = chosen;
      const report = await answered(this.api.checkFolder(chosen.token));
      if (report.kind === 'image-classes') this.options = { ...report.suggested, leaveOut: [], classes: {} };
      this.report = report;
    });
    if (!this.report) this.chosen = undefined;
  }

  import(): Promise<void> {
    const { chosen, onto } = this;
    if (!chosen) return Promise.resolve();
    const options = $state.snapshot(this.options);
    return this.#import(() =>
      answered(onto ? this.api.addPictures(onto.id, chosen.token, options) : this.api.importFolder(chosen.token, options)),
    );
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

  /** The report as csv, where the person chooses. */
  async saveReport(): Promise<string | undefined> {
    const { chosen } = this;
    if (!chosen) return undefined;
    return (await this.saving.run(() => answered(this.api.saveReport(chosen.token)))) ?? undefined;
  }

  /** Back to before the folder was chosen. */
  discard(): void {
    this.chosen = undefined;
    this.report = undefined;
    this.checking.forget();
    this.importing.forget();
  }
}
