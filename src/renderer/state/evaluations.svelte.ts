// What the model that is looked at says of the samples it did not learn from: computed once, then as it was kept.
import type { WindowApi } from '#shared/contract';
import type { Evaluated, EvaluatedPart } from '#shared/evaluation/evaluation';
import { answered } from './answered';
import { Task } from './task.svelte';

interface Wanted {
  runId: string;
  part: EvaluatedPart;
}

export class Evaluations {
  part = $state<EvaluatedPart>('validation');
  evaluated = $state.raw<Evaluated>();
  progress = $state.raw<{ done: number; total: number }>();
  readonly computing = new Task();
  /** Of what is shown or being computed. */
  runId = $state<string>();
  /** To be asked next. */
  #wanted?: Wanted;

  constructor(private readonly api: WindowApi) {}

  /** Another run is looked at: nothing of the one before is shown for it. */
  async open(runId: string, part: EvaluatedPart = runId === this.runId ? this.part : 'validation'): Promise<void> {
    if (this.runId === runId && this.part === part && (this.evaluated || this.computing.running)) return;
    this.runId = runId;
    this.part = part;
    this.evaluated = undefined;
    await this.compute();
  }

  /** Asked again meanwhile, only the last question is answered. */
  async compute(): Promise<void> {
    const { runId, part } = this;
    if (runId === undefined) return;
    this.#wanted = { runId, part };
    if (this.computing.running) return this.#cancel();
    while (this.#wanted) {
      const asked: Wanted = this.#wanted;
      this.#wanted = undefined;
      this.progress = undefined;
      const evaluated = await this.computing.run(() => answered(this.api.evaluateRun(asked.runId, asked.part)));
      if (!this.#wanted && asked.runId === this.runId && asked.part === this.part) this.evaluated = evaluated;
    }
  }

  /** A run has ended: what was shown may be of other weights. */
  forget(): void {
    this.evaluated = undefined;
  }

  async cancel(): Promise<void> {
    this.#wanted = undefined;
    await this.#cancel();
  }

  async #cancel(): Promise<void> {
    await answered(this.api.cancelEvaluation());
  }

  hear(runId: string, part: EvaluatedPart, done: number, total: number): void {
    if (runId === this.runId && part === this.part) this.progress = { done, total };
  }
}
