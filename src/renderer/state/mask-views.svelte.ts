// Pictures with their masks and those a model finds, fetched a few at a time as they come into sight.
import { SvelteMap } from 'svelte/reactivity';
import type { WindowApi } from '#shared/contract';
import { MOST_MASK_VIEWS, type MaskViews } from '#shared/evaluation/evaluation';
import { answered } from './answered';
import { Task } from './task.svelte';

export interface MaskView {
  width: number;
  height: number;
  channels: 1 | 3;
  pixels: Uint8Array;
  truth: Uint8Array;
  found: Uint8Array;
}

const MOST_KEPT_BYTES = 128e6;
/** Asked for at first, while nobody knows how large they are. */
const FIRST_ASKED = 16;

export class MaskViewer {
  readonly #known = new SvelteMap<number, MaskView>();
  readonly fetching = new Task();
  #mostKept = FIRST_ASKED;
  /** To be there, what matters most first. */
  #wanted: readonly number[] = [];

  constructor(
    private readonly api: WindowApi,
    private readonly runId: string,
  ) {}

  get(sample: number): MaskView | undefined {
    return this.#known.get(sample);
  }

  get hasAny(): boolean {
    return this.#known.size > 0;
  }

  /** Nobody looks at them any more: the model's memory is free. */
  leave(): void {
    this.#wanted = [];
    void this.api.leaveModel();
  }

  /** Fetches those of these samples that are not there yet, as many as are kept; asked again meanwhile, what is wanted then comes next. */
  async want(samples: readonly number[]): Promise<void> {
    this.#wanted = samples.filter((sample, i) => samples.indexOf(sample) === i);
    if (this.fetching.running) return;
    for (let asked = this.#missing(); asked.length > 0; asked = this.#missing()) {
      const views = await this.fetching.run(() => answered(this.api.viewMasks(this.runId, asked)));
      if (!views) return;
      this.#keep(asked, views);
    }
  }

  #missing(): number[] {
    const kept = this.#wanted.slice(0, this.#mostKept);
    return kept.filter((sample) => !this.#known.has(sample)).slice(0, MOST_MASK_VIEWS);
  }

  #keep(samples: readonly number[], views: MaskViews): void {
    const { width, height, channels } = views;
    const area = width * height;
    const of = (bytes: Uint8Array, i: number, size: number) => bytes.slice(i * size, (i + 1) * size);
    samples.forEach((sample, i) =>
      this.#known.set(sample, {
        width,
        height,
        channels,
        pixels: of(views.pixels, i, area * channels),
        truth: of(views.truth, i, area),
        found: of(views.found, i, area),
      }),
    );
    this.#mostKept = Math.max(1, Math.floor(MOST_KEPT_BYTES / (area * (channels + 2))));
    const wanted = this.#wanted.slice(0, this.#mostKept);
    const others = [...this.#known.keys()].filter((sample) => !wanted.includes(sample));
    for (const sample of others.slice(0, Math.max(0, this.#known.size - this.#mostKept))) this.#known.delete(sample);
  }
}
