// A run made again: where something differs here and now, that is read first; where nothing does, it begins at once.
import type { WindowApi } from '#shared/contract';
import type { RunSummary } from '#shared/run-record';
import { answered } from './answered';
import { Task } from './task.svelte';

export class Repetition {
  /** A run, and what keeps it from being repeated to the last bit; it waits for the person to say. */
  asked = $state.raw<{ run: RunSummary; differences: string[] }>();
  /** Which run the last problem is about. */
  about = $state<string>();
  readonly working = new Task();

  constructor(
    private readonly api: WindowApi,
    /** Null: it waits in the queue. */
    private readonly onBegun: (runId: string | null) => void,
  ) {}

  async ask(run: RunSummary): Promise<void> {
    this.about = run.id;
    const differences = await this.working.run(() => answered(this.api.checkRepeat(run.id)));
    if (!differences) return;
    if (differences.length === 0) return this.#begin(run);
    this.asked = { run, differences };
  }

  async goOn(): Promise<void> {
    const { asked } = this;
    this.leave();
    if (asked) await this.#begin(asked.run);
  }

  leave(): void {
    this.asked = undefined;
  }

  async #begin({ id }: RunSummary): Promise<void> {
    const begun = await this.working.run(async () => ({ runId: await answered(this.api.repeatRun(id)) }));
    if (begun) this.onBegun(begun.runId);
  }
}
