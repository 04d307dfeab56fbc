// Memory that the pixels of several pictures lie in, one after the other: given between threads, and used again and again, because a system
// takes longer to give new memory than it takes to copy as much.
import type { PixelLayout } from './decode-picture';

export class Room {
  #taken = 0;

  constructor(readonly memory: ArrayBuffer) {}

  take(bytes: number): Uint8Array {
    const place = new Uint8Array(this.memory, this.#taken, bytes);
    this.#taken += aligned(bytes);
    return place;
  }
}

/** What a room for all of them holds. */
export function roomBytes(pictures: readonly { layout?: PixelLayout }[]): number {
  return pictures.reduce((sum, { layout }) => sum + (layout ? aligned(layout.width * layout.height * layout.channels) : 0), 0);
}

/** Each begins where numbers of 32 bits may be. */
const aligned = (bytes: number): number => 4 * Math.ceil(bytes / 4);
