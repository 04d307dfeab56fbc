// Data on its way in: chosen, checked, decided about, imported. Nothing is copied before the person says so.
import type { Chosen, WindowApi } from '#shared/contract';
import type { StoppedImport } from '#shared/stopped-import';
import type { CheckReport, DatasetSummary, ImportProgress, PictureKind, PictureOptions, PictureSummary, SampleName } from '#shared/dataset';
import { classOfValue, type MaskClass, type MaskOptions, type SegmentationSummary } from '#shared/segmentation';
import type { DiskRoom } from '#shared/disk-room';
import type { TableOptions } from '#shared/table';
import { answered } from './answered';
import { StoppedImports } from './stopped-imports.svelte';
import { Task } from './task.svelte';

/** The version that pictures are added to, and what its masks say where it has some. */
export type Onto = (PictureSummary | SegmentationSummary) & { maskClasses?: readonly MaskClass[] };

export class Incoming {
  chosen = $state.raw<Chosen>();
  report = $state.raw<CheckReport>();
  /** Pictures as the person wants them stored; starts as suggested. */
  options = $state<PictureOptions>({ width: 32, height: 32, channels: 3 });
  /** The same of pictures with masks. */
  masks = $state<MaskOptions>({ kind: 'segmentation', width: 64, height: 64, channels: 3 });
  /** What the person says of a table; the rest is found by looking. */
  table = $state.raw<TableOptions>({ kind: 'table' });
  /** The version these pictures are added to; absent: they become a data set of their own. */
  onto = $state.raw<Onto>();
  progress = $state.raw<ImportProgress>();
  /** Of the disk on which it would lie. */
  disk = $state.raw<DiskRoom>();
  readonly checking = new Task();
  /** The same data looked at again, as the person says they are; what was found before stays in sight. */
  readonly reading = new Task();
  readonly importing = new Task();
  readonly saving = new Task();
  readonly stopped: StoppedImports;
  #pausable = $state(false);

  constructor(
    private readonly api: WindowApi,
    private readonly onImported: (dataset: DatasetSummary) => Promise<void>,
  ) {
    this.stopped = new StoppedImports(api);
  }

  get busy(): boolean {
    return this.waiting || this.reading.running;
  }

  /** There is nothing to look at meanwhile. */
  get waiting(): boolean {
    return this.checking.running || this.importing.running;
  }

  /** What is being imported can go on later. */
  get canPause(): boolean {
    return this.importing.running && this.#pausable;
  }

  choose(onto?: Onto): Promise<void> {
    return this.#check(() => answered(this.api.chooseFolder()), onto);
  }

  chooseFile(): Promise<void> {
    return this.#check(() => answered(this.api.chooseDataFile()));
  }

  drop(file: File): Promise<void> {
    return this.#check(() => answered(this.api.acceptDrop(file)));
  }

  /** What main handed over. */
  take(given: Chosen): Promise<void> {
    return this.#check(() => Promise.resolve({ token: given.token, name: given.name }));
  }

  async #check(choose: () => Promise<Chosen | null>, onto?: Onto): Promise<void> {
    if (this.busy) return;
    this.onto = onto;
    this.importing.forget();
    this.reading.forget();
    await this.checking.run(async () => {
      const chosen = await choose();
      if (!chosen) return;
      this.report = undefined;
      this.progress = undefined;
      this.chosen = chosen;
      this.table = { kind: 'table' };
      const choices = onto?.kind === 'segmentation' ? { kind: onto.kind } : undefined;
      this.#take(await answered(this.api.checkFolder(chosen.token, choices)));
    });
    if (!this.report) this.chosen = undefined;
  }

  /** Looks at the table again, with this said as well. What cannot be read so is said, and left as it was. */
  async read(said: Omit<TableOptions, 'kind'>): Promise<void> {
    const { chosen } = this;
    if (!chosen || this.busy) return;
    const options = { ...this.table, ...said };
    this.progress = undefined;
    const report = await this.reading.run(() => answered(this.api.checkFolder(chosen.token, { table: options })));
    if (!report) return;
    this.table = options;
    this.report = report;
  }

  /** Looks at the pictures again, as the kind that the person says they are. */
  async readAs(kind: PictureKind): Promise<void> {
    const { chosen } = this;
    if (!chosen || this.busy) return;
    this.progress = undefined;
    const report = await this.reading.run(() => answered(this.api.checkFolder(chosen.token, { kind })));
    if (report) this.#take(report);
  }

  #take(report: CheckReport): void {
    if (report.kind === 'image-classes') this.options = { ...report.suggested, leaveOut: [], classes: {} };
    if (report.kind === 'segmentation') this.masks = { ...report.suggested, leaveOut: [], classes: knownNames(report.classes, this.onto) };
    this.report = report;
  }

  import(): Promise<void> {
    const { chosen, onto, report } = this;
    if (!chosen || !report || this.busy) return Promise.resolve();
    // Tables are read in one go, and pictures added to a version with it.
    if (report.kind === 'table') return this.#import(() => answered(this.api.importFolder(chosen.token, report.suggested)), false);
    const options = $state.snapshot(report.kind === 'segmentation' ? this.masks : this.options);
    return this.#import(
      () => answered(onto ? this.api.addPictures(onto.id, chosen.token, options) : this.api.importFolder(chosen.token, options)),
      onto === undefined,
    );
  }

  importSample(name: SampleName): Promise<void> {
    return this.#import(() => answered(this.api.importSample(name)), true);
  }

  async #import(question: () => Promise<DatasetSummary>, pausable: boolean): Promise<void> {
    if (this.busy) return;
    this.#pausable = pausable;
    this.progress = undefined;
    const dataset = await this.importing.run(question);
    this.progress = undefined;
    await this.stopped.load();
    if (!dataset) return;
    this.discard();
    await this.onImported(dataset);
  }

  /** What was chosen and checked in the meantime is another matter, and is let go. */
  goOn({ id }: StoppedImport): Promise<void> {
    if (this.busy) return Promise.resolve();
    this.discard();
    this.onto = undefined;
    return this.#import(() => answered(this.api.resumeImport(id)), true);
  }

  /** From then on it is among those that were stopped, or it is said that nothing can go on. */
  async pause(): Promise<void> {
    this.discard();
    await this.api.pauseImport();
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
    this.reading.forget();
    this.importing.forget();
  }
}

/** Values that the version knows have the names they have there. */
function knownNames(found: readonly MaskClass[], onto: Onto | undefined): NonNullable<MaskOptions['classes']> {
  const known = found.map(({ label, written }) => [label, classOfValue(onto?.maskClasses ?? [], written) ?? label] as const);
  return Object.fromEntries(known.filter(([label, name]) => label !== name));
}
