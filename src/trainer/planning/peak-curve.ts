// Peaks that are looked at where they are needed: at a few sizes, each four times as large as the one before.
import { Peaks, type Peak } from './peaks';

/** Peaks of these sizes, which takes a while. */
export type Look = (micros: number[]) => Peak[];

/** From one size that is looked at to the next. */
const GROWTH = 4;
/** Looked at together at first, without a pause in between. */
const FIRST = [1, 4, 16];

export class PeakCurve extends Peaks {
  readonly #alone = new Map<number, Peak>();

  /** @param most the largest size there can be */
  constructor(
    private readonly look: Look,
    readonly most: number,
  ) {
    super();
  }

  /**
   * Looks at growing sizes until one is beyond the budget, or as large as the largest that is asked about.
   * @param pause awaited between looks; what it throws ends it
   */
  async reach(budgetBytes: number, micro: number, pause: () => Promise<void>): Promise<void> {
    while (this.#isShort(budgetBytes, micro)) {
      await pause();
      this.#grow(micro);
    }
  }

  /** The same without a pause. */
  reachNow(budgetBytes: number, micro: number): void {
    while (this.#isShort(budgetBytes, micro)) this.#grow(micro);
  }

  #isShort(budgetBytes: number, micro: number): boolean {
    const last = this.known.at(-1);
    return !last || (last.micro < Math.min(micro, this.most) && last.peakBytes <= budgetBytes);
  }

  #grow(micro: number): void {
    const upTo = Math.min(micro, this.most);
    const last = this.known.at(-1);
    if (last) this.#add([Math.min(upTo, GROWTH * last.micro)]);
    else this.#add([...new Set([...FIRST.filter((size) => size < upTo), Math.min(upTo, FIRST[FIRST.length - 1])])]);
  }

  /** Looks at this size itself. */
  refine(micro: number): void {
    if (!this.known.some((point) => point.micro === micro)) this.#add([micro]);
  }

  /** Looks closely at where the budget ends: between sizes that are far apart a line does not tell it. */
  refineEnd(budgetBytes: number, most: number): void {
    const inside = this.known.filter(({ peakBytes }) => peakBytes <= budgetBytes);
    if (inside.length === 0 || this.largest(budgetBytes, most) === most) return;
    // Where it bends, the line of the sizes before it leads nearer to it than one across the bend.
    this.refine(new Peaks(inside).largest(budgetBytes, most));
    this.refine(this.largest(budgetBytes, most));
  }

  /** Of a size far beyond the others, looked at itself: it is no part of the curve, whose sizes follow each other closely. */
  alone(micro: number): number {
    const known = this.known.find((point) => point.micro === micro) ?? this.#alone.get(micro);
    if (known) return known.peakBytes;
    const [point] = this.look([micro]);
    this.#alone.set(micro, point);
    return point.peakBytes;
  }

  #add(micros: number[]): void {
    this.known = [...this.known, ...this.look(micros)].sort((a, b) => a.micro - b.micro);
  }
}
