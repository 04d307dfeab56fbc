// A closer look at a part of a run's curves: read from the history as finely as it is drawn, whatever the page holds of the whole.
import type { RunDetail } from '#shared/run-record';
import type { CurvePart } from '#shared/curve';
import { failureSentence, toFailure } from '#shared/failure';

export type Curves = Pick<RunDetail, 'steps' | 'epochs'>;

export class CurveZoom {
  /** Undefined: the whole run is shown. */
  range = $state.raw<{ from: number; to: number }>();
  shown = $state.raw<Curves>();
  problem = $state<string>();
  #newest = 0;

  constructor(private readonly read: (part: CurvePart) => Promise<Curves>) {}

  /** @param pixels as wide as it is drawn */
  async look(from: number, to: number, pixels: number): Promise<void> {
    const mine = ++this.#newest;
    this.range = { from: Math.max(0, Math.floor(Math.min(from, to))), to: Math.max(0, Math.ceil(Math.max(from, to))) };
    this.problem = undefined;
    try {
      const shown = await this.read({ ...this.range, stretches: Math.min(4_000, Math.max(1, Math.round(pixels))) });
      if (mine === this.#newest) this.shown = shown;
    } catch (error) {
      if (mine === this.#newest) this.problem = failureSentence(toFailure(error));
    }
  }

  leave(): void {
    this.#newest++;
    this.range = this.shown = this.problem = undefined;
  }
}
