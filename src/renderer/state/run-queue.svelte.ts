// The runs that wait for their turn: shown as main tells of them, changed by asking it.
import type { WindowApi } from '#shared/contract';
import type { QueuedRun, RunQueue as Queue } from '#shared/queue';
import type { RunSpec } from '#shared/run-spec';
import { answered } from './answered';
import { Task } from './task.svelte';
import type { Toasts } from './toasts.svelte';

export const queuedName = ({ name, datasetName, spec }: QueuedRun): string => name ?? `${datasetName}, ${spec.model}, batch ${spec.batch}`;

export class RunQueue {
  state = $state.raw<Queue>({ waiting: [] });
  readonly changing = new Task();

  constructor(
    private readonly api: WindowApi,
    private readonly toasts: Toasts,
  ) {}

  async load(): Promise<void> {
    this.state = await answered(this.api.getQueue());
  }

  /** True when it waits there now. */
  async add(datasetId: string, spec: RunSpec): Promise<boolean> {
    const id = await this.changing.run(() => answered(this.api.queueRun(datasetId, spec)));
    if (id !== undefined) this.toasts.say('Added to the queue on the Run page. It begins when the run before it ends.', undefined, 'queue');
    return id !== undefined;
  }

  async move(id: string, by: -1 | 1): Promise<void> {
    await this.changing.run(() => answered(this.api.moveQueued(id, by)));
  }

  /** Brought back it waits at the end. */
  async remove(run: QueuedRun): Promise<void> {
    await this.#take(run.id);
    this.toasts.say(`Removed "${queuedName(run)}" from the queue.`, () => void this.#bringBack(run), 'queue');
  }

  async goOn(): Promise<void> {
    await this.changing.run(() => answered(this.api.continueQueue()));
  }

  async #take(id: string): Promise<void> {
    await this.changing.run(() => answered(this.api.removeQueued(id)));
  }

  async #bringBack({ datasetId, spec, repeatOf }: QueuedRun): Promise<void> {
    await this.changing.run<unknown>(() =>
      answered(repeatOf === undefined ? this.api.queueRun(datasetId, spec) : this.api.repeatRun(repeatOf)),
    );
  }
}
