// Small pictures of a version's samples: fetched in blocks as they come into sight, the ones seen last kept.
import { SvelteMap } from 'svelte/reactivity';
import type { WindowApi } from '#shared/contract';
import { MOST_TILES } from '#shared/dataset-view';
import { failureSentence, toFailure } from '#shared/failure';
import { answered } from './answered';

export interface Tile {
  width: number;
  height: number;
  channels: 1 | 3;
  pixels: Uint8Array;
  mask?: Uint8Array;
  file: string;
}

/** Longest edge in pixels, for tiles drawn at about as many on the screen. */
export const TILE_SIDE = 96;
/** 96 × 96 in colour are 28 kB: about 56 MB. */
const MOST_KEPT = 2_000;

export class Tiles {
  readonly #known = new SvelteMap<number, Tile>();
  // Nothing is drawn from it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #asked = new Set<number>();
  problem = $state<string>();

  constructor(
    private readonly api: WindowApi,
    private readonly datasetId: string,
  ) {}

  get(sample: number): Tile | undefined {
    return this.#known.get(sample);
  }

  /** Fetches those of these samples that are not there yet. */
  want(samples: readonly number[]): void {
    const missing = samples.filter((sample) => !this.#known.has(sample) && !this.#asked.has(sample));
    for (let start = 0; start < missing.length; start += MOST_TILES) void this.#fetch(missing.slice(start, start + MOST_TILES));
  }

  async #fetch(indices: number[]): Promise<void> {
    for (const index of indices) this.#asked.add(index);
    try {
      const { files, pixels, masks, ...size } = await answered(this.api.readTiles(this.datasetId, { indices, side: TILE_SIDE }));
      const bytes = size.width * size.height * size.channels;
      indices.forEach((index, i) => {
        const area = size.width * size.height;
        const mask = masks?.subarray(i * area, (i + 1) * area);
        this.#known.set(index, { ...size, file: files[i], pixels: pixels.subarray(i * bytes, (i + 1) * bytes), mask });
      });
      this.problem = undefined;
      const oldest = this.#known.keys();
      while (this.#known.size > MOST_KEPT) this.#known.delete(oldest.next().value!);
    } catch (error) {
      this.problem = failureSentence(toFailure(error));
    } finally {
      for (const index of indices) this.#asked.delete(index);
    }
  }
}
