// Keeps what is in memory at one moment below a bound, however large single files are.

/** Files held, and memory used for decoding, at one moment. */
export const HELD_FILE_BYTES = 64e6;
export const DECODING_BYTES = 150e6;

export class ByteBudget {
  #used = 0;
  readonly #waiting: { bytes: number; start: () => void }[] = [];

  constructor(private readonly limit: number) {}

  /** Runs `work` when its bytes fit beside those in use, first come first served; one larger than the bound runs alone. */
  async run<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((start) => {
      this.#waiting.push({ bytes, start });
      this.#admit();
    });
    try {
      return await work();
    } finally {
      this.#used -= bytes;
      this.#admit();
    }
  }

  #admit(): void {
    while (this.#waiting.length > 0) {
      const [{ bytes, start }] = this.#waiting;
      if (this.#used > 0 && this.#used + bytes > this.limit) return;
      this.#waiting.shift();
      this.#used += bytes;
      start();
    }
  }
}
