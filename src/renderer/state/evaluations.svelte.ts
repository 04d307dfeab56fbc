// What the model that is looked at says of the samples it did not learn from: computed once, then as it was kept.
import type { WindowApi } from '#shared/contract';
import type { Evaluated, EvaluatedPart } from '#shared/evaluation/evaluation';
import { answered } from './answered';
import { Task } from './task.svelte';

interface Wanted {
  runId: string;
  part: EvaluatedPart;
}

/** As a page about one run shows it. */
export interface Shown {
  evaluated?: Evaluated;
  running: boolean;
  problem?: string;
}

export class Evaluations {
  part = $state<EvaluatedPart>('validation');
  progress = $state.raw<{ done: number; total: number }>();
  readonly #computing = new Task();
  #evaluated = $state.raw<Evaluated>();
  /** Of what is shown or being computed. */
  #runId = $state<string>();
  /** To be asked next. */
  #wanted?: Wanted;
  /** What is being computed was given up, and its end has not been heard yet. */
  #givenUp = false;

  constructor(private readonly api: WindowApi) {}

  /** Nothing that is of another run. */
  of(runId: string): Shown {
    if (runId !== this.#runId) return { running: false };
    const { running, problem } = this.#computing;
    return { evaluated: this.#evaluated, running, problem };
  }

  /** Another run is looked at: nothing of the one before is shown for it. */
  async open(runId: string, part: EvaluatedPart = runId === this.#runId ? this.part : 'validation'): Promise<void> {
    const isThere = this.#evaluated !== undefined || (this.#computing.running && !this.#givenUp);
    if (this.#runId === runId && this.part === part && isThere) return;
    this.#runId = runId;
    this.part = part;
    this.#evaluated = undefined;
    await this.#compute({ runId, part });
  }

  /** That run has ended: what was shown may be of other weights. */
  forget(runId: string): void {
    if (runId === this.#runId) this.#evaluated = undefined;
  }

  /** By the person, or because nobody looks at it any more. */
  async cancel(): Promise<void> {
    this.#wanted = undefined;
    if (this.#computing.running) await this.#giveUp();
  }

  hear(runId: string, part: EvaluatedPart, done: number, total: number): void {
    if (runId === this.#runId && part === this.part) this.progress = { done, total };
  }

  /** Asked again meanwhile, only the last question is answered. */
  async #compute(wanted: Wanted): Promise<void> {
    this.#wanted = wanted;
    if (this.#computing.running) return this.#giveUp();
    while (this.#wanted) {
      const asked: Wanted = this.#wanted;
      this.#wanted = undefined;
      this.#givenUp = false;
      this.progress = undefined;
      const evaluated = await this.#computing.run(() => answered(this.api.evaluateRun(asked.runId, asked.part)));
      if (!this.#wanted && asked.runId === this.#runId && asked.part === this.part) this.#evaluated = evaluated;
    }
  }

  async #giveUp(): Promise<void> {
    this.#givenUp = true;
    await answered(this.api.cancelEvaluation());
  }
}
