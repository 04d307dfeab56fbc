// The runs that wait for their turn: shown as main tells of them, changed by asking it.
import type { WindowApi } from '#shared/contract';
import { queuedName, type Expected, type QueuedRun, type RunQueue as Queue } from '#shared/queue';
import type { RunSpec } from '#shared/run-spec';
import { turnWords } from '../words/queue-words';
import { answered } from './answered';
import { Task } from './task.svelte';
import type { Toasts } from './toasts.svelte';

/** Pressed again so soon it was one press with a trembling hand: the same run is wanted once. */
const TWICE_MS = 2_000;

const keyOf = (datasetId: string, spec: RunSpec): string => JSON.stringify([datasetId, spec]);

export class RunQueue {
  state = $state.raw<Queue>({ waiting: [] });
  readonly changing = new Task();
  /** The settings that were not added, because their result would not be the same and nobody had been told. */
  #heldBack = $state<string>();
  #justAdded?: string;

  constructor(
    private readonly api: WindowApi,
    private readonly toasts: Toasts,
  ) {}

  /** Begins by itself as soon as nothing trains. */
  get upNext(): QueuedRun | undefined {
    return this.state.hold ? undefined : this.state.waiting.find(({ problem }) => problem === undefined);
  }

  async load(): Promise<void> {
    this.state = await answered(this.api.getQueue());
  }

  isHeldBack(datasetId: string, spec: RunSpec): boolean {
    return this.#heldBack === keyOf(datasetId, spec);
  }

  /** True when it waits there now. Where its result differs from that of the batch it is held back once, as Start does. */
  async add(
    datasetId: string,
    spec: RunSpec,
    { differs = false, expected }: { differs?: boolean; expected?: Expected } = {},
  ): Promise<boolean> {
    const isHeld = differs && !this.isHeldBack(datasetId, spec);
    this.#heldBack = isHeld ? keyOf(datasetId, spec) : undefined;
    if (isHeld) return false;
    const key = keyOf(datasetId, spec);
    if (this.#justAdded === key) return true;
    this.#justAdded = key;
    setTimeout(() => this.#justAdded === key && (this.#justAdded = undefined), TWICE_MS);
    const turn = turnWords(this.state);
    const id = await this.changing.run(() => answered(this.api.queueRun(datasetId, spec, expected)));
    if (id !== undefined) this.toasts.say(`Added to the queue on the Run page. ${turn}`, undefined, 'queue');
    else this.#justAdded = undefined;
    return id !== undefined;
  }

  async move(id: string, by: -1 | 1): Promise<void> {
    await this.changing.run(() => answered(this.api.moveQueued(id, by)));
  }

  /** Brought back it waits at the end. */
  async remove(run: QueuedRun): Promise<void> {
    const isDone = await this.#done(() => answered(this.api.removeQueued(run.id)));
    if (isDone) this.toasts.say(`Removed “${queuedName(run)}” from the queue.`, () => void this.#bringBack(run.id), 'queue');
  }

  async goOn(): Promise<void> {
    await this.changing.run(() => answered(this.api.continueQueue()));
  }

  async #bringBack(id: string): Promise<void> {
    if (await this.#done(() => answered(this.api.restoreQueued(id)))) return;
    // An undo is pressed wherever the person is.
    if (this.changing.problem !== undefined) this.toasts.say(this.changing.problem, undefined, 'queue');
  }

  async #done(work: () => Promise<void>): Promise<boolean> {
    return (await this.changing.run(() => work().then(() => true))) === true;
  }
}
