// Small pictures of a list that was given: fetched as they come into sight, the ones seen last kept.
import { SvelteMap } from 'svelte/reactivity';
import type { PictureTile } from '#shared/asking';
import type { WindowApi } from '#shared/contract';

/** Longest edge in pixels. */
export const PICTURE_TILE_SIDE = 48;
/** 48 × 48 in colour are 7 kB: about 14 MB. */
const MOST_KEPT = 2_000;
const AT_ONCE = 8;

export class PictureTiles {
  /** `null`: it cannot be shown. */
  readonly #known = new SvelteMap<number, PictureTile | null>();
  #inSight: readonly number[] = [];
  /** Of a question that failed: asked one by one, so that one of them does not cost the others. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #doubted = new Set<number>();
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
      const missing = this.#inSight.filter((place) => !this.#known.has(place));
      const doubted = missing.find((place) => this.#doubted.has(place));
      const places = doubted === undefined ? missing.slice(0, AT_ONCE) : [doubted];
      if (places.length === 0) break;
      const tiles = await this.#read(places);
      if (!tiles && places.length > 1) {
        places.forEach((place) => this.#doubted.add(place));
        continue;
      }
      places.forEach((place, i) => this.#known.set(place, tiles?.[i] ?? null));
      const oldest = this.#known.keys();
      while (this.#known.size > MOST_KEPT) this.#known.delete(oldest.next().value!);
    }
    this.#fetching = false;
  }

  /** Undefined: the question failed, as where the process that reads them crashed at one. */
  async #read(places: number[]): Promise<(PictureTile | undefined)[] | undefined> {
    const answer = await this.api.readPictureTiles(this.token, { places, side: PICTURE_TILE_SIDE }).catch(() => undefined);
    return answer?.ok ? answer.value : undefined;
  }
}
