// What a run would need, asked anew while its settings are chosen: one question at a time, and the newest settings are asked about next.
import type { WindowApi } from '#shared/contract';
import { failureSentence, toFailure } from '#shared/failure';
import type { RunForecast } from '#shared/forecast';
import type { RunSpec } from '#shared/run-spec';
import { stepSettings } from '#shared/step-settings';
import { answered } from './answered';

/** What changes at once, or in one pull of a slider, is one question. */
const GATHERED_MILLISECONDS = 60;
/** Free memory comes and goes a little all the time. */
const NOTABLE_SHARE = 0.05;
/** So long after a person's last change nobody may be there: the process that answers then ends, and is not to be started for nothing. */
const ATTENDED_MILLISECONDS = 60_000;
/** So often in a row a question that was ended by somebody else is asked again. */
const MOST_ENDED = 3;

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

/** The same for runs that need the same: how long they train, and by which rate, decides nothing of it. */
const needsOf = ({ datasetId, spec }: Question): string =>
  JSON.stringify([datasetId, spec.batch, spec.micro, spec.budgetBytes, stepSettings(spec, ['seed'])]);

export class Forecasting {
  /** Of the settings asked about last; kept until there is a newer one. */
  newest = $state.raw<Answered>();
  /** Free memory has changed since it was asked, while nobody was there or a run had the memory. */
  isStale = $state(false);
  #elsewhere = $state.raw<Answered>();
  /** Bytes of that device; undefined: nobody asked. */
  elsewhereBytes = $state<number>();

  #wanted = $state.raw<Question>();
  #freeBytes = 0;
  #freeWhenAsked = 0;
  /** The newest answer no longer holds, although the settings are the same. */
  #isOld = $state(false);
  /** It does not say all; asked once more, it does. */
  #moreFollows = false;
  #isWorking = false;
  #soon?: ReturnType<typeof setTimeout>;
  #changed = -Infinity;
  #ended = 0;
  /** Of those who wait until something is known. */
  #heard: (() => void)[] = [];

  /** @param isTraining a run has the memory: nothing is asked but by a person */
  constructor(
    private readonly api: WindowApi,
    private readonly isTraining: () => boolean = () => false,
    private readonly attendedMilliseconds = ATTENDED_MILLISECONDS,
  ) {}

  /** What the newest answer says of memory and pieces is of these settings, though memory or an engine may have come or gone since. */
  isAbout(question: Question): boolean {
    return this.newest !== undefined && needsOf(this.newest) === needsOf(question);
  }

  /** The answer to exactly these settings is there. */
  isFor(question: Question): boolean {
    return !this.#isOld && this.newest !== undefined && keyOf(this.newest) === keyOf(question);
  }

  /** Returns once these settings are counted, or will not be: others are wanted, or nothing more is asked. */
  async until(question: Question): Promise<void> {
    const isWanted = () => this.#wanted !== undefined && keyOf(this.#wanted) === keyOf(question);
    while (isWanted() && !this.isAbout(question) && !this.isStale) await new Promise<void>((resolve) => this.#heard.push(resolve));
  }

  /** The answer to the settings of now with the memory of the device asked about, once it is there. */
  get elsewhere(): Answered | undefined {
    const imagined = this.#imagined();
    return imagined && this.#elsewhere && keyOf(this.#elsewhere) === keyOf(imagined) ? this.#elsewhere : undefined;
  }

  follow(datasetId: string, spec: RunSpec): void {
    this.#wanted = { datasetId, spec };
    this.#isOld ||= this.isStale;
    this.#byPerson();
    this.#tell();
  }

  /** What would it be on a device with so much memory? Undefined: not asked any more. */
  imagine(bytes: number | undefined): void {
    this.elsewhereBytes = bytes;
    if (bytes !== undefined) this.#byPerson();
  }

  /** So much is free now: where that is the budget, another amount is another forecast. */
  roomIs(freeBytes: number): void {
    this.#freeBytes = freeBytes;
    if (!this.#wanted || this.#wanted.spec.budgetBytes !== undefined || this.#freeWhenAsked === 0) return;
    if (Math.abs(freeBytes - this.#freeWhenAsked) <= NOTABLE_SHARE * this.#freeWhenAsked) return;
    if (this.isTraining() || performance.now() - this.#changed > this.attendedMilliseconds) {
      this.isStale = true;
      return;
    }
    this.#isOld = true;
    this.#askSoon();
  }

  /** More is known than when it was asked, or a person wants it anew. */
  again(): void {
    this.#isOld = true;
    this.#byPerson();
  }

  /** Nothing more is asked: what was kept for quick answers is given back. */
  leave(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#wanted = undefined;
    // An engine may be there, or gone, when the page is opened again.
    this.#isOld = true;
    this.#elsewhere = undefined;
    this.#tell();
    void this.api.leaveForecast();
  }

  #tell(): void {
    this.#heard.splice(0).forEach((hear) => hear());
  }

  #byPerson(): void {
    this.#changed = performance.now();
    this.#ended = 0;
    this.#askSoon();
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
    const isKnown = this.isFor(wanted) && !this.#moreFollows;
    const question = isKnown ? this.#unknownElsewhere() : wanted;
    if (!question) return false;
    if (!isKnown) {
      [this.#isOld, this.isStale, this.#moreFollows] = [false, false, false];
      this.#freeWhenAsked = this.#freeBytes;
    }
    const answer = await this.#ask(question);
    if (!answer) return this.#wanted !== wanted || this.#wasEnded(isKnown);
    this.#ended = 0;
    if (isKnown) this.#elsewhere = answer;
    else {
      this.newest = answer;
      this.#tell();
      // Once: what the first answer did not wait for.
      this.#moreFollows = answer.forecast?.timeFollows === true || answer.forecast?.detailFollows === true;
    }
    return true;
  }

  /** By somebody else, while its answer is still wanted: it is asked again, a little later. */
  #wasEnded(isKnown: boolean): false {
    if (!isKnown) this.#isOld = true;
    if (this.isTraining() || ++this.#ended > MOST_ENDED) this.isStale = true;
    else this.#askSoon();
    this.#tell();
    return false;
  }

  #unknownElsewhere(): Question | undefined {
    return this.elsewhere ? undefined : this.#imagined();
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
