// Runs on their way to another computer, and from one.
import { formatBytes } from '#shared/bytes';
import type { Chosen, WindowApi } from '#shared/contract';
import type { RunSummary } from '#shared/run-record';
import { loadedSentences } from '#shared/run-file/transfer';
import { counted } from '../words/numbers';
import { answered } from './answered';
import { addressOf } from './route.svelte';
import { Task } from './task.svelte';
import type { Toasts } from './toasts.svelte';

// @wc-ignore
const NOT_EXPORTED = 'runs not exported';

export class RunTransfer {
  readonly exporting = new Task();
  /** Whoever asked for it sees how it goes. */
  isWatched = false;
  readonly importing = new Task();

  constructor(
    private readonly api: WindowApi,
    private readonly toasts: Toasts,
    /** The history holds others now. */
    private readonly onImported: () => Promise<void>,
  ) {}

  /** True when they lie where the person wanted them. */
  async export(runs: readonly RunSummary[], withModels: boolean): Promise<boolean> {
    const ids = runs.map(({ id }) => id);
    this.toasts.forget(NOT_EXPORTED);
    const packed = await this.exporting.run(() => answered(this.api.exportRuns(ids, withModels)));
    const { problem } = this.exporting;
    if (!packed && problem !== undefined && !this.isWatched) {
      const link = { label: 'History', address: addressOf('history') };
      this.toasts.sayWithLink(
        runs.length === 1 ? `“${runs[0].name}” was not exported: ${problem}` : `The runs were not exported: ${problem}`,
        link,
        NOT_EXPORTED,
      );
    }
    if (!packed) return false;
    this.toasts.say(`Saved ${counted(packed.runs, 'run', 'runs')} as ${packed.name}, ${formatBytes(packed.bytes)}.`);
    return true;
  }

  /** Nothing of it stays where it was written. */
  async cancelExport(): Promise<void> {
    if (this.exporting.running) await answered(this.api.cancelRunExport());
  }

  /** @param dropped absent: the person chooses */
  import(dropped?: File): Promise<void> {
    return this.#import(async () => dropped && (await answered(this.api.acceptDrop(dropped))).token);
  }

  /** What main handed over. */
  take({ token }: Pick<Chosen, 'token'>): Promise<void> {
    return this.#import(() => Promise.resolve(token));
  }

  async #import(choose: () => Promise<string | undefined>): Promise<void> {
    const loaded = await this.importing.run(async () => answered(this.api.importRuns(await choose())));
    if (!loaded) return;
    await this.onImported();
    const [only, another] = loaded;
    const sentences = loadedSentences(loaded);
    if (another) this.toasts.say(sentences);
    else this.toasts.sayWithLink(sentences, { label: 'Open it', address: addressOf('history', only.id) });
  }
}
