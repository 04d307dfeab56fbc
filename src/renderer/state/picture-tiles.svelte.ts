// Small pictures of a list that was given: fetched as they come into sight, the ones seen last kept.
import { SvelteMap } from 'svelte/reactivity';
import { MOST_TILES_AT_ONCE, type PictureTile } from '#shared/asking';
import type { WindowApi } from '#shared/contract';

/** Longest edge in pixels. */
export const PICTURE_TILE_SIDE = 48;
/** 48 × 48 in colour are 7 kB: about 14 MB. */
const MOST_KEPT = 2_000;

export class PictureTiles {
  /** `null`: it cannot be shown. */
  readonly #known = new SvelteMap<number, PictureTile | null>();
  #inSight: readonly number[] = [];
  #fetching = false;

  constructor(
    private readonly api: WindowApi,
    private readonly token: string,
  ) {}

  get(place: number): PictureTile | null | undefined {
    return this.#known.get(place);
  }

  /** Fetches those in sight, a few at a time: photographs take a while, and what was scrolled past is not waited for. */
  want(places: readonly number[]): void {
    this.#inSight = places;
    if (!this.#fetching) void this.#fetch();
  }

  async #fetch(): Promise<void> {
    this.#fetching = true;
    for (;;) {
      const places = this.#inSight.filter((place) => !this.#known.has(place)).slice(0, Math.min(8, MOST_TILES_AT_ONCE));
      if (places.length === 0) break;
      const answer = await this.api.readPictureTiles(this.token, { places, side: PICTURE_TILE_SIDE });
      places.forEach((place, i) => this.#known.set(place, (answer.ok ? answer.value[i] : undefined) ?? null));
      const oldest = this.#known.keys();
      while (this.#known.size > MOST_KEPT) this.#known.delete(oldest.next().value!);
    }
    this.#fetching = false;
  }
}
