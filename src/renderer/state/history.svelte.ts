// The runs there were: the list, one opened, renaming, deleting with undo.
import type { WindowApi } from '#shared/contract';
import type { ReceiptDocument } from '#shared/receipt-document';
import { markedAmong, type MarksChange } from '#shared/run-marks';
import type { RunSize, WeightsUse } from '#shared/run-weights';
import type { RunDetail, RunSummary } from '#shared/run-record';
import { counted } from '../words/numbers';
import { answered } from './answered';
import { Task } from './task.svelte';
import type { Toasts } from './toasts.svelte';

export class History {
  runs = $state.raw<RunSummary[]>([]);
  loaded = $state(false);
  /** What each takes on the disk, as far as that was looked up. */
  sizes = $state.raw<Record<string, RunSize>>({});
  opened = $state.raw<RunDetail>();
  readonly loading = new Task();
  readonly opening = new Task();
  readonly changing = new Task();

  /** What messages about deleted runs are about, with those runs. */
  #deleted: readonly { about: string; ids: readonly string[] }[] = [];

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
    this.#forgetBack();
  }

  /** Brought back otherwise, as by an import, there is nothing to undo. */
  #forgetBack(): void {
    const isBack = ({ ids }: { ids: readonly string[] }) => ids.every((id) => this.runs.some((run) => run.id === id));
    const back = this.#deleted.filter(isBack);
    if (back.length === 0) return;
    this.#deleted = this.#deleted.filter((deleted) => !back.includes(deleted));
    this.toasts.forget(...back.map(({ about }) => about));
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

  /** Tags, notes and pins: what is shown changes at once, without asking for all runs again. */
  async mark(ids: readonly string[], change: MarksChange): Promise<boolean> {
    const done = await this.changing.run(async () => {
      await answered(this.api.markRuns([...ids], change));
      return true;
    });
    if (!done) return false;
    this.runs = markedAmong(this.runs, ids, change);
    if (this.opened) [this.opened] = markedAmong([this.opened], ids, change);
    return true;
  }

  /** All, or some of which something has changed; nobody waits for it, and what cannot be read is not shown. */
  async measure(ids?: string[]): Promise<void> {
    const answer = await this.api.runSizes(ids);
    if (answer.ok) this.sizes = ids ? { ...this.sizes, ...answer.value } : answer.value;
  }

  /** Who begins with the weights of these runs. */
  weightsUse(ids: string[]): Promise<WeightsUse | undefined> {
    return this.changing.run(() => answered(this.api.weightsUse(ids)));
  }

  /** The weights of runs, and what they could go on from; answers of which they are gone now. */
  deleteWeights(ids: string[]): Promise<string[] | undefined> {
    return this.#weights(ids, () => answered(this.api.deleteWeights(ids)));
  }

  async restoreWeights(ids: string[]): Promise<boolean> {
    const restored = await this.#weights(ids, () => answered(this.api.restoreWeights(ids)).then(() => ids));
    return restored !== undefined;
  }

  async #weights(ids: string[], ask: () => Promise<string[]>): Promise<string[] | undefined> {
    const done = await this.changing.run(ask);
    await Promise.all([this.load(), this.measure(ids)]);
    if (this.opened && ids.includes(this.opened.id)) await this.open(this.opened.id);
    return done;
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

  /** True when they are gone from the list. */
  async remove(runs: readonly RunSummary[]): Promise<boolean> {
    const ids = runs.map(({ id }) => id);
    const done = await this.hide(ids);
    const what = runs.length === 1 ? `the run “${runs[0].name}”` : counted(runs.length, 'run', 'runs');
    if (done) {
      // @wc-ignore
      const about = `deleted ${ids.join(' ')}`;
      this.#deleted = [...this.#deleted, { about, ids }];
      this.toasts.say(`Deleted ${what}.`, () => void this.restore(ids), about);
    }
    return done;
  }

  /** The same, for whoever says it in words of their own. */
  async hide(ids: string[]): Promise<boolean> {
    const done = await this.changing.run(async () => {
      await answered(this.api.deleteRuns(ids));
      for (const id of ids) this.onHidden(id);
      return true;
    });
    await this.load();
    return done === true;
  }

  async restore(ids: string[]): Promise<void> {
    await this.changing.run(() => answered(this.api.restoreRuns(ids)));
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
