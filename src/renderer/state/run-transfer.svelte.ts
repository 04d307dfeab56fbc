// Runs on their way to another computer, and from one.
import { formatBytes } from '#shared/bytes';
import type { WindowApi } from '#shared/contract';
import type { RunSummary } from '#shared/run-record';
import { loadedSentences } from '#shared/run-file/transfer';
import { counted } from '../words/numbers';
import { answered } from './answered';
import { addressOf } from './route.svelte';
import { Task } from './task.svelte';
import type { Toasts } from './toasts.svelte';

export class RunTransfer {
  readonly exporting = new Task();
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
    const packed = await this.exporting.run(() => answered(this.api.exportRuns(ids, withModels)));
    if (!packed) return false;
    this.toasts.say(`Saved ${counted(packed.runs, 'run')} as ${packed.name}, ${formatBytes(packed.bytes)}.`);
    return true;
  }

  /** @param dropped absent: the person chooses */
  async import(dropped?: File): Promise<void> {
    const loaded = await this.importing.run(async () => {
      const token = dropped && (await answered(this.api.acceptDrop(dropped))).token;
      return answered(this.api.importRuns(token));
    });
    if (!loaded) return;
    await this.onImported();
    const [only, another] = loaded;
    const sentences = loadedSentences(loaded);
    if (another) this.toasts.say(sentences);
    else this.toasts.sayWithLink(sentences, { label: 'Open it', address: addressOf('history', only.id) });
  }
}
