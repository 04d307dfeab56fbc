// Opens pictures in threads: proving and hashing are work of a single core, and most of an import.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ThreadAnswer, ThreadOrder, ThreadReady } from './decode-thread';
import type { Attendant, Opened, Opener, PictureJob, Refused } from './open-picture';
import { PictureError } from './picture-error';
import { roomBytes } from './room';

/** The import itself takes a tenth of a core; beyond these it has enough to do with writing. */
const MOST_THREADS = Math.min(8, availableParallelism());
/** Kept for pictures to come; a larger one, of a single large picture, is not. */
const MOST_SPARE = 8;
const MOST_SPARE_BYTES = 4e6;

export class DecodeThreads implements Opener {
  readonly #idle: DecodeThread[] = [];
  readonly #waiting: ((thread: DecodeThread) => void)[] = [];
  readonly #spare: ArrayBuffer[] = [];
  #started = 0;

  /** @param program that serves in its threads (decode-thread.ts) */
  constructor(private readonly program: string) {}

  prepare(): void {
    while (this.#started < MOST_THREADS) {
      this.#started++;
      this.#idle.push(new DecodeThread(this.program));
    }
  }

  async open(jobs: readonly PictureJob[], attendant: Attendant): Promise<(Opened | Refused)[]> {
    const answer = await this.#ask(() => ({ kind: 'open', jobs, memory: this.#memory(roomBytes(jobs)) }), attendant);
    if (answer.kind !== 'opened') throw faultOf(answer);
    return answer.opened.map((one) =>
      'refused' in one ? { ...one, refused: new PictureError(one.refused.kind, one.refused.message) } : one,
    );
  }

  reuse(memory: ArrayBuffer): void {
    if (this.#spare.length < MOST_SPARE && memory.byteLength <= MOST_SPARE_BYTES) this.#spare.push(memory);
  }

  #memory(bytes: number): ArrayBuffer {
    const spare = this.#spare.pop();
    return spare && spare.byteLength >= bytes ? spare : new ArrayBuffer(bytes);
  }

  /** `order` is made when there is a thread for it. */
  async #ask(order: () => ThreadOrder, attendant: Attendant): Promise<ThreadAnswer> {
    const thread = await this.#take();
    try {
      // A file is not to blame for how long a thread takes to start.
      await thread.started;
      attendant.begins();
      let answer = await thread.ask(order());
      while (answer.kind === 'large') {
        answer = await attendant.admit(answer.workingBytes, () => thread.ask({ kind: 'go-on' }));
      }
      return answer;
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
  /** Or ended. */
  readonly started: Promise<void>;
  #ready: () => void = () => {};
  readonly #worker: Worker;
  #answered: (answer: ThreadAnswer) => void = () => {};
  #failed: (error: Error) => void = () => {};

  constructor(program: string) {
    this.#worker = new Worker(program, { execArgv: [] });
    this.started = new Promise((ready) => (this.#ready = ready));
    this.#worker.on('message', (answer: ThreadReady | ThreadAnswer) => (answer.kind === 'ready' ? this.#ready() : this.#answered(answer)));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', (code) => this.#end(new Error(`A decoding thread ended with code ${code}.`)));
    // The import keeps the process alive, not its threads.
    this.#worker.unref();
  }

  ask(order: ThreadOrder): Promise<ThreadAnswer> {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      [this.#answered, this.#failed] = [resolve, reject];
      this.#worker.postMessage(order, order.kind === 'open' ? [order.memory] : []);
    });
  }

  #end(error: Error): void {
    this.ended ??= error;
    this.#ready();
    this.#failed(this.ended);
  }
}

const faultOf = (answer: ThreadAnswer): Error =>
  new Error(answer.kind === 'fault' ? answer.message : `A decoding thread answered "${answer.kind}", which was not asked.`);
