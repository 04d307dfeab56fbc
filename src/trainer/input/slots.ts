// Memory that the training process shares with its reading threads: a fixed number of slots, each an order and room for its pictures.
// A slot goes FREE → WANTED → WORKING → READY → FREE; whoever moves it from WANTED to WORKING makes its pictures.
import type { Order } from './produce';

export const SLOT = { free: 0, wanted: 1, working: 2, ready: 3, failed: 4 } as const;

export interface SlotsShape {
  slots: number;
  /** Most samples of one slot. */
  samples: number;
  /** Of one picture. */
  bytes: number;
}

export interface SharedSlots extends SlotsShape {
  control: SharedArrayBuffer;
  orders: SharedArrayBuffer;
  shares: SharedArrayBuffer;
  pixels: SharedArrayBuffer;
}

/** In `control`: a count that moves when there is work or the end has come, whether it has, then a slot's state and turn. */
const [WAKE, END, FIRST] = [0, 1, 2];
/** In `orders`, for each slot: step (−1: none), start, count, whether it is mixed; then indices, partners' indices, partners' places. */
const HEADER = 4;

export const slotBytes = ({ samples, bytes }: SlotsShape): number => samples * bytes + 4 * (HEADER + 4 * samples);

export function shareSlots(shape: SlotsShape): SharedSlots {
  const { slots, samples, bytes } = shape;
  return {
    ...shape,
    control: new SharedArrayBuffer(4 * (FIRST + 2 * slots)),
    orders: new SharedArrayBuffer(4 * slots * (HEADER + 3 * samples)),
    shares: new SharedArrayBuffer(4 * slots * samples),
    pixels: new SharedArrayBuffer(slots * samples * bytes),
  };
}

export class Slots {
  readonly #control: Int32Array;
  readonly #orders: Int32Array;
  readonly #shares: Float32Array;
  readonly #pixels: Uint8Array;

  constructor(readonly shared: SharedSlots) {
    this.#control = new Int32Array(shared.control);
    this.#orders = new Int32Array(shared.orders);
    this.#shares = new Float32Array(shared.shares);
    this.#pixels = new Uint8Array(shared.pixels);
  }

  state(slot: number): number {
    return Atomics.load(this.#control, FIRST + 2 * slot);
  }

  setState(slot: number, state: number): void {
    Atomics.store(this.#control, FIRST + 2 * slot, state);
    Atomics.notify(this.#control, FIRST + 2 * slot);
  }

  /** Whether the slot was wanted, and is the caller's to make now. */
  claim(slot: number): boolean {
    return Atomics.compareExchange(this.#control, FIRST + 2 * slot, SLOT.wanted, SLOT.working) === SLOT.wanted;
  }

  /** Claims the wanted slot whose turn comes first; −1 where none is wanted. */
  claimNext(): number {
    for (;;) {
      let [first, turn] = [-1, Infinity];
      for (let slot = 0; slot < this.shared.slots; slot++) {
        if (this.state(slot) !== SLOT.wanted) continue;
        const own = Atomics.load(this.#control, FIRST + 2 * slot + 1);
        if (own < turn) [first, turn] = [slot, own];
      }
      if (first < 0 || this.claim(first)) return first;
    }
  }

  /** Waits while the slot is being made; answers whether it no longer is. */
  awaitMade(slot: number, milliseconds: number): boolean {
    return Atomics.wait(this.#control, FIRST + 2 * slot, SLOT.working, milliseconds) !== 'timed-out';
  }

  /** Puts an order into a free slot; `turn` grows from order to order. */
  want(slot: number, turn: number, { step, start, indices, mix }: Order): void {
    const { samples } = this.shared;
    const base = slot * (HEADER + 3 * samples);
    this.#orders.set([step ?? -1, start, indices.length, mix ? 1 : 0], base);
    this.#orders.set(indices, base + HEADER);
    if (mix) {
      this.#orders.set(mix.indices, base + HEADER + samples);
      this.#orders.set(mix.places, base + HEADER + 2 * samples);
      this.#shares.set(mix.shares, slot * samples);
    }
    Atomics.store(this.#control, FIRST + 2 * slot + 1, turn);
    this.setState(slot, SLOT.wanted);
  }

  order(slot: number): Order {
    const { samples } = this.shared;
    const base = slot * (HEADER + 3 * samples);
    const [step, start, count, isMixed] = this.#orders.subarray(base, base + HEADER);
    const part = (k: number): Int32Array => this.#orders.slice(base + HEADER + k * samples, base + HEADER + k * samples + count);
    return {
      ...(step >= 0 ? { step } : {}),
      start,
      indices: part(0),
      ...(isMixed
        ? { mix: { indices: part(1), places: part(2), shares: this.#shares.slice(slot * samples, slot * samples + count) } }
        : {}),
    };
  }

  pixels(slot: number): Uint8Array {
    const size = this.shared.samples * this.shared.bytes;
    return this.#pixels.subarray(slot * size, (slot + 1) * size);
  }

  wake(): void {
    Atomics.add(this.#control, WAKE, 1);
    Atomics.notify(this.#control, WAKE);
  }

  end(): void {
    Atomics.store(this.#control, END, 1);
    this.wake();
  }

  /** For threads: works at wanted slots until the end has come. */
  serve(make: (slot: number) => void): void {
    for (;;) {
      const seen = Atomics.load(this.#control, WAKE);
      if (Atomics.load(this.#control, END) === 1) return;
      const slot = this.claimNext();
      if (slot >= 0) make(slot);
      else Atomics.wait(this.#control, WAKE, seen);
    }
  }
}
