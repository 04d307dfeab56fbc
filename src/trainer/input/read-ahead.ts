// Reads ahead of a run: reading threads make the next pictures while the engine computes. What waits is bounded by the slots there are
// (back-pressure), its order is the run's, and what comes out does not depend on how many threads there are: what is not made yet,
// or was let go, the training process makes itself.
import { Worker } from 'node:worker_threads';
import type { SampleList } from '#engine/training-data';
import type { Order } from './produce';
import type { WorkerData } from './sample-worker';
import { SLOT, Slots } from './slots';

/** A thread that took longer over one slot is not waited for: the pictures are made here. */
const PATIENCE_MS = 10_000;

export interface ReadAheadOptions extends WorkerData {
  workers: number;
  /** Built sample-worker.js. */
  workerFile: string;
  /** The order for samples start … start + count − 1 of a list. */
  order(list: SampleList, start: number, count: number): Order;
  /** Makes pictures in this thread. */
  produce(order: Order, into: Uint8Array): void;
}

/** A slot in use. */
interface Shard {
  list: SampleList;
  start: number;
  count: number;
  slot: number;
}

const isSameList = (a: SampleList, b: SampleList): boolean =>
  a.step === b.step && (a.step !== undefined || a.indices.length === b.indices.length);

export class ReadAhead {
  /** Milliseconds in which the run waited for pictures or made them itself. */
  stalledMs = 0;
  readonly #slots: Slots;
  readonly #workers: Worker[];
  readonly #free: number[];
  /** In the run's order. */
  #queue: Shard[] = [];
  #coming: Iterator<Omit<Shard, 'slot'>> = [][Symbol.iterator]();
  #turn = 0;
  #isClosing = false;
  #isAlone = false;

  constructor(private readonly options: ReadAheadOptions) {
    const { workers, workerFile, place, masksPlace, recipe, shared } = options;
    this.#slots = new Slots(shared);
    this.#free = Array.from({ length: shared.slots }, (_, i) => i);
    const workerData: WorkerData = { place, masksPlace, recipe, shared };
    this.#workers = Array.from({ length: workers }, () => {
      const worker = new Worker(workerFile, { workerData, execArgv: [] });
      worker.on('error', (error) => this.#goOnAlone(error.message));
      worker.on('exit', (code) => {
        if (!this.#isClosing) this.#goOnAlone(`it ended with code ${code}`);
      });
      // The run keeps the process alive, not its threads.
      worker.unref();
      return worker;
    });
  }

  expect(lists: Iterable<SampleList>): void {
    this.#release(this.#queue.length);
    this.#coming = this.#shards(lists);
    this.#fill();
  }

  /**
   * Pictures start … start + size − 1 of the list, into the start of `into`.
   * @throws what reading itself throws
   */
  read(list: SampleList, start: number, size: number, into: Uint8Array): void {
    const begin = performance.now();
    const { bytes } = this.options.shared;
    const first = this.#queue.findIndex((shard) => isSameList(shard.list, list));
    // Earlier lists are done with; this one's shards stay where there is room, should a piece be asked for again.
    if (first > 0) this.#release(first);
    for (let at = start; at < start + size;) {
      const shard = first < 0 ? undefined : this.#queue.find((s) => isSameList(s.list, list) && at >= s.start && at < s.start + s.count);
      const count = Math.min(start + size, shard ? shard.start + shard.count : this.#nextQueued(list, at)) - at;
      const target = into.subarray((at - start) * bytes, (at - start + count) * bytes);
      if (shard) target.set(this.#made(shard).subarray((at - shard.start) * bytes, (at - shard.start + count) * bytes));
      else this.options.produce(this.options.order(list, at, count), target);
      at += count;
    }
    const { samples, slots } = this.options.shared;
    const isKept = Math.ceil(list.indices.length / samples) <= slots / 2;
    if (!isKept) this.#release(this.#queue.findIndex((s) => !isSameList(s.list, list) || s.start + s.count > start + size));
    this.#fill();
    this.stalledMs += performance.now() - begin;
  }

  /** A slot that an ended thread held may never be ready: without slots nothing is read ahead, and every picture is made here. */
  #goOnAlone(problem: string): void {
    if (this.#isAlone) return;
    this.#isAlone = true;
    this.#queue = [];
    this.#free.length = 0;
    process.stderr.write(`A reading thread ended (${problem}). The training process reads the pictures itself from here on.\n`);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#slots.end();
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  /** Where the list is next queued after a place that is not; its end where it is not. */
  #nextQueued(list: SampleList, at: number): number {
    return this.#queue.find((s) => isSameList(s.list, list) && s.start > at)?.start ?? list.indices.length;
  }

  /** The shard's pictures, made by whoever is first. */
  #made({ slot }: Shard): Uint8Array {
    const slots = this.#slots;
    const pixels = slots.pixels(slot);
    if (!slots.claim(slot)) {
      while (slots.state(slot) === SLOT.working) if (!slots.awaitMade(slot, PATIENCE_MS)) return this.#makeApart(slot);
      if (slots.state(slot) === SLOT.ready) return pixels;
      slots.setState(slot, SLOT.working);
    }
    this.options.produce(slots.order(slot), pixels);
    slots.setState(slot, SLOT.ready);
    return pixels;
  }

  /** Whatever holds the slot may still write to it. */
  #makeApart(slot: number): Uint8Array {
    const order = this.#slots.order(slot);
    const pixels = new Uint8Array(order.indices.length * this.options.shared.bytes);
    this.options.produce(order, pixels);
    return pixels;
  }

  *#shards(lists: Iterable<SampleList>): Generator<Omit<Shard, 'slot'>, void, void> {
    const { samples } = this.options.shared;
    for (const list of lists) {
      for (let start = 0; start < list.indices.length; start += samples) {
        yield { list, start, count: Math.min(samples, list.indices.length - start) };
      }
    }
  }

  #fill(): void {
    let isMore = false;
    while (this.#free.length > 0) {
      const next = this.#coming.next();
      if (next.done) break;
      const slot = this.#free.pop()!;
      const { list, start, count } = next.value;
      this.#slots.want(slot, this.#turn++, this.options.order(list, start, count));
      this.#queue.push({ ...next.value, slot });
      isMore = true;
    }
    if (isMore) this.#slots.wake();
  }

  /** Lets go of the first `count` shards in use (all of them: −1). */
  #release(count: number): void {
    const gone = this.#queue.splice(0, count < 0 ? this.#queue.length : count);
    for (const { slot } of gone) {
      // A thread that works at it would write into another's pictures: it is waited for, and if that takes too long its slot is given up.
      if (!this.#slots.claim(slot) && this.#slots.state(slot) === SLOT.working && !this.#slots.awaitMade(slot, PATIENCE_MS)) continue;
      this.#slots.setState(slot, SLOT.free);
      this.#free.push(slot);
    }
  }
}
