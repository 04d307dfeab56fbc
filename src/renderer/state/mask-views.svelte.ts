// Pictures with their masks and those a model finds, fetched a few at a time as they come into sight: the model is started for each question.
import { SvelteMap } from 'svelte/reactivity';
import type { WindowApi } from '#shared/contract';
import { MOST_MASK_VIEWS } from '#shared/evaluation/evaluation';
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

export class MaskViewer {
  readonly #known = new SvelteMap<number, MaskView>();
  readonly fetching = new Task();
  #wanted: readonly number[] = [];

  constructor(
    private readonly api: WindowApi,
    private readonly runId: string,
  ) {}

  get(sample: number): MaskView | undefined {
    return this.#known.get(sample);
  }

  /** Fetches those of these samples that are not there yet; asked again meanwhile, what is in sight then comes next. */
  async want(samples: readonly number[]): Promise<void> {
    this.#wanted = samples.filter((sample) => !this.#known.has(sample)).slice(0, MOST_MASK_VIEWS);
    if (this.fetching.running) return;
    while (this.#wanted.length > 0) {
      const asked = [...this.#wanted];
      this.#wanted = [];
      const views = await this.fetching.run(() => answered(this.api.viewMasks(this.runId, asked)));
      if (!views) return;
      const { width, height, channels } = views;
      const area = width * height;
      const of = (bytes: Uint8Array, i: number, size: number) => bytes.subarray(i * size, (i + 1) * size);
      asked.forEach((sample, i) =>
        this.#known.set(sample, {
          width,
          height,
          channels,
          pixels: of(views.pixels, i, area * channels),
          truth: of(views.truth, i, area),
          found: of(views.found, i, area),
        }),
      );
      const mostKept = Math.max(1, Math.floor(MOST_KEPT_BYTES / (area * (channels + 2))));
      const oldest = this.#known.keys();
      while (this.#known.size > mostKept) this.#known.delete(oldest.next().value!);
      this.#wanted = this.#wanted.filter((sample) => !this.#known.has(sample));
    }
  }
}
