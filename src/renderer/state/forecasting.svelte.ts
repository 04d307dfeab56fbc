// What a run would need, asked anew while its settings are chosen: one question at a time, and the newest settings are asked about next.
import type { WindowApi } from '#shared/contract';
import { failureSentence, toFailure } from '#shared/failure';
import type { RunForecast } from '#shared/forecast';
import type { RunSpec } from '#shared/run-spec';
import { answered } from './answered';

/** What changes at once, or in one pull of a slider, is one question. */
const GATHERED_MILLISECONDS = 60;
/** Free memory comes and goes a little all the time. */
const NOTABLE_SHARE = 0.05;

interface Question {
  datasetId: string;
  spec: RunSpec;
}

export interface Answered extends Question {
  forecast?: RunForecast;
  /** Why there is none, in a sentence. */
  problem?: string;
}

const keyOf = ({ datasetId, spec }: Question): string => JSON.stringify([datasetId, spec]);

export class Forecasting {
  /** Of the settings asked about last; kept until there is a newer one. */
  newest = $state.raw<Answered>();
  #elsewhere = $state.raw<Answered>();
  /** Bytes of that device; undefined: nobody asked. */
  elsewhereBytes = $state<number>();

  #wanted = $state.raw<Question>();
  #freeBytes = 0;
  #freeWhenAsked = 0;
  /** The newest answer no longer holds, although the settings are the same. */
  #isOld = false;
  #isWorking = false;
  #soon?: ReturnType<typeof setTimeout>;

  constructor(private readonly api: WindowApi) {}

  /** The answer to exactly these settings is there. */
  isFor(question: Question): boolean {
    return this.newest !== undefined && keyOf(this.newest) === keyOf(question);
  }

  /** The answer to the settings of now with the memory of the device asked about, once it is there. */
  get elsewhere(): Answered | undefined {
    const imagined = this.#imagined();
    return imagined && this.#elsewhere && keyOf(this.#elsewhere) === keyOf(imagined) ? this.#elsewhere : undefined;
  }

  follow(datasetId: string, spec: RunSpec): void {
    this.#wanted = { datasetId, spec };
    this.#askSoon();
  }

  /** What would it be on a device with so much memory? Undefined: not asked any more. */
  imagine(bytes: number | undefined): void {
    this.elsewhereBytes = bytes;
    if (bytes !== undefined) this.#askSoon();
  }

  /** So much is free now: where that is the budget, another amount is another forecast. */
  roomIs(freeBytes: number): void {
    this.#freeBytes = freeBytes;
    if (!this.#wanted || this.#wanted.spec.budgetBytes !== undefined || this.#freeWhenAsked === 0) return;
    if (Math.abs(freeBytes - this.#freeWhenAsked) <= NOTABLE_SHARE * this.#freeWhenAsked) return;
    this.again();
  }

  /** More is known than when it was asked. */
  again(): void {
    this.#isOld = true;
    this.#askSoon();
  }

  /** Nothing more is asked: what was kept for quick answers is given back. */
  leave(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#wanted = undefined;
    void this.api.leaveForecast();
  }

  #askSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.#work();
    }, GATHERED_MILLISECONDS);
  }

  /** The process answers the newest question only, so a second one waits for the answer to the first. */
  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    while (await this.#step());
    this.#isWorking = false;
  }

  /** Asks what is still open; answers whether there was anything. */
  async #step(): Promise<boolean> {
    const wanted = this.#wanted;
    if (!wanted) return false;
    if (this.#isOld || !this.isFor(wanted)) {
      this.#isOld = false;
      this.#freeWhenAsked = this.#freeBytes;
      const answer = await this.#ask(wanted);
      if (answer) this.newest = answer;
      // Once: what the first answer did not wait for.
      if (answer?.forecast?.timeFollows) this.#isOld = true;
      return this.#wanted !== wanted || answer !== undefined;
    }
    const imagined = this.#imagined();
    if (!imagined || this.elsewhere) return false;
    const answer = await this.#ask(imagined);
    if (answer) this.#elsewhere = answer;
    return answer !== undefined;
  }

  #imagined(): Question | undefined {
    const [wanted, budgetBytes] = [this.#wanted, this.elsewhereBytes];
    return wanted && budgetBytes !== undefined ? { ...wanted, spec: { ...wanted.spec, budgetBytes } } : undefined;
  }

  /** Undefined when another question took its place, or the page was left. */
  async #ask(question: Question): Promise<Answered | undefined> {
    try {
      return { ...question, forecast: await answered(this.api.forecastRun(question.datasetId, question.spec)) };
    } catch (error) {
      const failure = toFailure(error);
      return failure.kind === 'cancelled' ? undefined : { ...question, problem: failureSentence(failure) };
    }
  }
}
