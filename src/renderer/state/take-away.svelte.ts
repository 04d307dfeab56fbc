// A model on its way out: which export is being made, how far it is, what it came to.
import type { Exported, WindowApi } from '#shared/contract';
import type { ExportName, ExportProgress } from '#shared/exports';
import { answered } from './answered';
import { Task } from './task.svelte';

export class TakeAway {
  /** Being made, or made last. */
  name = $state<ExportName>();
  progress = $state.raw<ExportProgress>();
  done = $state.raw<Exported>();
  /** Of the model, for how large an export will be; absent until it is known. */
  weights = $state<number>();
  readonly making = new Task();
  readonly showing = new Task();

  constructor(private readonly api: WindowApi) {}

  async save(runId: string, name: ExportName): Promise<void> {
    if (this.making.running) return;
    this.name = name;
    this.progress = this.done = undefined;
    const done = await this.making.run(() => answered(this.api.exportModel(runId, name)));
    this.progress = undefined;
    this.done = done ?? undefined;
  }

  async cancel(): Promise<void> {
    await answered(this.api.cancelExport());
  }

  async show(): Promise<void> {
    const { done } = this;
    if (done) await this.showing.run(() => answered(this.api.showExport(done.token)));
  }

  /** What was made of another run is no news here. */
  async open(runId: string): Promise<void> {
    this.weights = undefined;
    if (!this.making.running) {
      this.name = this.done = undefined;
      this.making.forget();
      this.showing.forget();
    }
    const { receipt } = await answered(this.api.getRun(runId));
    this.weights = receipt?.parameters;
  }

  hear(progress: ExportProgress): void {
    if (this.making.running) this.progress = progress;
  }
}
