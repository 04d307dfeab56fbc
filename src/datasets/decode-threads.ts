// Opens pictures in threads, one at a time in each: proving and hashing are work of a single core, and most of an import.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ThreadAnswer, ThreadOrder } from './decode-thread';
import type { Attendant, FileContent, Opened, Opener, PictureJob } from './open-picture';
import { PictureError } from './picture-error';

/** The import itself takes a tenth of a core. */
const MOST_THREADS = availableParallelism();

export class DecodeThreads implements Opener {
  readonly #idle: DecodeThread[] = [];
  readonly #waiting: ((thread: DecodeThread) => void)[] = [];
  #started = 0;

  /** @param program that serves in its threads (decode-thread.ts) */
  constructor(private readonly program: string) {}

  async open(job: PictureJob, attendant: Attendant): Promise<Opened> {
    const answer = await this.#ask({ kind: 'open', job }, attendant);
    if (answer.kind !== 'opened') throw errorOf(answer);
    return answer.opened;
  }

  async hash(from: FileContent): Promise<string> {
    const answer = await this.#ask({ kind: 'hash', from });
    if (answer.kind !== 'hashed') throw errorOf(answer);
    return answer.hash;
  }

  async #ask(order: ThreadOrder, attendant?: Attendant): Promise<ThreadAnswer> {
    const thread = await this.#take();
    try {
      attendant?.begins();
      const answer = await thread.ask(order);
      if (answer.kind !== 'large' || !attendant) return answer;
      return await attendant.admit(answer.workingBytes, () => thread.ask({ kind: 'go-on' }));
    } finally {
      this.#release(thread);
    }
  }

  #take(): DecodeThread | Promise<DecodeThread> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#started === MOST_THREADS) return new Promise((take) => this.#waiting.push(take));
    this.#started++;
    return new DecodeThread(this.program);
  }

  #release(thread: DecodeThread): void {
    const next = this.#waiting.shift();
    if (thread.ended) {
      if (next) next(new DecodeThread(this.program));
      else this.#started--;
    } else if (next) next(thread);
    else this.#idle.push(thread);
  }
}

/** Answers each order once. */
class DecodeThread {
  ended?: Error;
  readonly #worker: Worker;
  #answered: (answer: ThreadAnswer) => void = () => {};
  #failed: (error: Error) => void = () => {};

  constructor(program: string) {
    this.#worker = new Worker(program, { execArgv: [] });
    this.#worker.on('message', (answer: ThreadAnswer) => this.#answered(answer));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', (code) => this.#end(new Error(`A decoding thread ended with code ${code}.`)));
    // The import keeps the process alive, not its threads.
    this.#worker.unref();
  }

  ask(order: ThreadOrder): Promise<ThreadAnswer> {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      [this.#answered, this.#failed] = [resolve, reject];
      this.#worker.postMessage(order);
    });
  }

  #end(error: Error): void {
    this.ended ??= error;
    this.#failed(this.ended);
  }
}

function errorOf(answer: ThreadAnswer): Error {
  switch (answer.kind) {
    case 'refused':
      return new PictureError(answer.problem, answer.message);
    case 'fault':
      return new Error(answer.message);
    default:
      return new Error(`A decoding thread answered "${answer.kind}", which was not asked.`);
  }
}
