// A model on its way out: which export is being made, how far it is, what it came to.
import type { Exported, WindowApi } from '#shared/contract';
import type { ExportName, ExportProgress } from '#shared/exports';
import { answered } from './answered';
import { Task } from './task.svelte';

export class TakeAway {
  /** Being made, or made last. */
  name = $state<ExportName>();
  /** Whose model that is. */
  runId = $state<string>();
  progress = $state.raw<ExportProgress>();
  done = $state.raw<Exported>();
  /** Of the model, for how large an export will be; absent until it is known. */
  weights = $state<number>();
  private opened: string | undefined;
  readonly making = new Task();
  readonly showing = new Task();

  constructor(private readonly api: WindowApi) {}

  async save(runId: string, name: ExportName): Promise<void> {
    if (this.making.running) return;
    this.name = name;
    this.runId = runId;
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

  /** Out of the window, as a file; what is wrong with it is said where it would be shown. */
  async drag(): Promise<void> {
    const { done } = this;
    if (done) await this.showing.run(() => answered(this.api.dragSaved(done.token)));
  }

  /** Whether that export of that run is being made or was made last: what is made of another run is no news on its page. */
  isOf(runId: string, name: ExportName): boolean {
    return this.runId === runId && this.name === name;
  }

  async open(runId: string): Promise<void> {
    this.opened = runId;
    this.weights = undefined;
    if (!this.making.running) {
      this.name = this.runId = this.done = undefined;
      this.making.forget();
      this.showing.forget();
    }
    // Without it a card says no size; what is wrong with the run, its page says.
    const run = await answered(this.api.getRun(runId)).catch(() => undefined);
    if (this.opened === runId) this.weights = run?.receipt?.parameters;
  }

  hear(progress: ExportProgress): void {
    if (this.making.running) this.progress = progress;
  }
}
