// Peak bytes by N_μ, known at some sizes.
import { interpolate } from './interpolate';

export interface Peak {
  micro: number;
  peakBytes: number;
}

export class Peaks {
  protected known: readonly Peak[];

  /** @param known growing by size */
  constructor(known: readonly Peak[] = []) {
    this.known = known;
  }

  get points(): readonly Peak[] {
    return this.known;
  }

  at(micro: number): number {
    return Math.round(
      interpolate(
        this.known.map((point) => [point.micro, point.peakBytes]),
        micro,
      ),
    );
  }

  /** The largest size up to `most` inside the budget; 0 where one sample is not. */
  largest(budgetBytes: number, most: number): number {
    let [inside, beyond] = [0, most + 1];
    while (beyond - inside > 1) {
      const middle = Math.floor((inside + beyond) / 2);
      if (this.at(middle) <= budgetBytes) inside = middle;
      else beyond = middle;
    }
    return inside;
  }
}
