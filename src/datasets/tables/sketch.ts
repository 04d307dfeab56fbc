// What a column's values are like, in bounded memory however many there are: how many different ones, and their quantiles.

/** Below this the count is exact; above it, within a few per cent. */
const MOST_KEPT = 8192;
const SAMPLE = 20_000;

/** 32 bits of a text, spread evenly (cyrb53's two lanes, Jordan 2018, folded). */
export function hash32(text: string, seed = 0): number {
  let [a, b] = [0xdeadbeef ^ seed, 0x41c6ce57 ^ seed];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (a ^ b) >>> 0;
}

/** Adaptive sampling (Wegman; Flajolet 1990): the hashes below a bound, which is halved when there are too many. */
export class DistinctCount {
  #kept = new Set<number>();
  #share = 1;

  add(text: string): void {
    const hash = hash32(text);
    if (hash >= this.#share * 2 ** 32) return;
    this.#kept.add(hash);
    while (this.#kept.size > MOST_KEPT) {
      this.#share /= 2;
      this.#kept = new Set([...this.#kept].filter((one) => one < this.#share * 2 ** 32));
    }
  }

  get count(): number {
    return Math.round(this.#kept.size / this.#share);
  }
}

/** A sample of all numbers seen, every one as likely (Vitter's algorithm R, with random numbers that are the same each time). */
export class Sample {
  readonly #values: number[] = [];
  #seen = 0;
  #state = 1;

  add(value: number): void {
    this.#seen++;
    if (this.#values.length < SAMPLE) {
      this.#values.push(value);
      return;
    }
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    const place = Math.floor((this.#state / 2 ** 32) * this.#seen);
    if (place < SAMPLE) this.#values[place] = value;
  }

  get values(): readonly number[] {
    return this.#values;
  }

  /** By linear interpolation, as NumPy does; NaN of nothing. Exact while nothing was left out. */
  quantiles(...shares: number[]): number[] {
    const sorted = Float64Array.from(this.#values).sort();
    return shares.map((share) => quantile(sorted, share));
  }
}

/** @param sorted ascending */
export function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return NaN;
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
}

/** Mean and squared deviations, one by one (Welford 1962): sums of squares would cancel. */
export class Moments {
  count = 0;
  mean = 0;
  #squares = 0;
  least = Infinity;
  most = -Infinity;

  add(value: number): void {
    this.count++;
    const delta = value - this.mean;
    this.mean += delta / this.count;
    this.#squares += delta * (value - this.mean);
    if (value < this.least) this.least = value;
    if (value > this.most) this.most = value;
  }

  get squares(): number {
    return this.#squares;
  }

  /** Of the whole, not of a sample: divided by n, as scikit-learn's StandardScaler does. */
  get deviation(): number {
    return this.count > 0 ? Math.sqrt(this.#squares / this.count) : 0;
  }
}
