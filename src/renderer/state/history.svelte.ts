// The runs there were: the list, one opened, renaming, deleting with undo.
import type { WindowApi } from '#shared/contract';
import type { ReceiptDocument } from '#shared/receipt-document';
import type { RunDetail, RunSummary } from '#shared/run-record';
import { answered } from './answered';
import { Task } from './task.svelte';
import type { Toasts } from './toasts.svelte';

export class History {
  runs = $state.raw<RunSummary[]>([]);
  loaded = $state(false);
  opened = $state.raw<RunDetail>();
  readonly loading = new Task();
  readonly opening = new Task();
  readonly changing = new Task();

  constructor(
    private readonly api: WindowApi,
    private readonly toasts: Toasts,
    /** It is gone from the list. */
    private readonly onHidden: (id: string) => void,
  ) {}

  async load(): Promise<void> {
    const runs = await this.loading.run(() => answered(this.api.listRuns()));
    if (runs) this.runs = runs;
    this.loaded = true;
  }

  async open(id: string): Promise<void> {
    if (this.opened?.id !== id) this.opened = undefined;
    const run = await this.opening.run(() => answered(this.api.getRun(id)));
    if (run) this.opened = run;
  }

  /** True when the new name was kept. */
  async rename(run: RunSummary, name: string): Promise<boolean> {
    const done = await this.changing.run(async () => {
      await answered(this.api.renameRun(run.id, name));
      return true;
    });
    await this.load();
    if (this.opened?.id === run.id) await this.open(run.id);
    return done === true;
  }

  /** True when the other model of this run is kept now. */
  async keepOther(id: string): Promise<boolean> {
    const done = await this.changing.run(async () => {
      await answered(this.api.keepOtherModel(id));
      return true;
    });
    await this.load();
    if (this.opened?.id === id) await this.open(id);
    return done === true;
  }

  /** True when it is gone from the list. */
  async remove({ id, name }: RunSummary): Promise<boolean> {
    const done = await this.hide(id);
    if (done) this.toasts.say(`Deleted the run "${name}".`, () => void this.restore(id));
    return done;
  }

  /** The same, for whoever says it in words of their own. */
  async hide(id: string): Promise<boolean> {
    const done = await this.changing.run(async () => {
      await answered(this.api.deleteRun(id));
      this.onHidden(id);
      return true;
    });
    await this.load();
    return done === true;
  }

  async restore(id: string): Promise<void> {
    await this.changing.run(() => answered(this.api.restoreRun(id)));
    await this.load();
  }

  /** As a page where it is given, else as JSON. */
  async saveReceipt(id: string, page?: ReceiptDocument): Promise<void> {
    const file = await this.changing.run(() => answered(page ? this.api.saveReceiptPage(id, page) : this.api.saveReceiptJson(id)));
    if (file) this.toasts.say(`Saved ${file}.`);
  }

  async showFolder(id: string): Promise<void> {
    await this.changing.run(() => answered(this.api.showRunFolder(id)));
  }
}
