// Adds up what the examined pictures are, for the report of a check.
import type { PictureCheck } from '#shared/dataset';
import { ClassCounts } from './class-counts';
import type { Examined } from './examine';
import { foundSizes } from './found-sizes';
import { uprightSize, type PictureHeader } from './formats/format';

const SIZES_SHOWN = 8;
export const HUGE_PIXELS = 40e6;

export class Tally {
  readonly counts: ClassCounts;
  readonly colours: PictureCheck['colours'] = { grey: 0, colour: 0, alpha: 0 };
  deep = 0;
  turned = 0;
  cmyk = 0;
  /** The largest of those above HUGE_PIXELS, and how many they are. */
  huge?: { file: string; width: number; height: number; count: number };
  readonly #bytes: number[];
  readonly #sizes = new Map<string, { width: number; height: number; count: number }>();

  constructor(labels: readonly string[]) {
    this.counts = new ClassCounts(labels);
    this.#bytes = labels.map(() => 0);
  }

  add(picture: Examined['picture'], header: PictureHeader): void {
    this.counts.add(picture);
    this.#bytes[picture.label] += picture.bytes;
    this.colours[header.colour]++;
    if (header.alpha) this.colours.alpha++;
    if (header.depth === 16) this.deep++;
    if (header.cmyk) this.cmyk++;
    if (header.orientation !== 1) this.turned++;
    const { width, height } = uprightSize(header);
    if (width * height > HUGE_PIXELS) {
      const count = (this.huge?.count ?? 0) + 1;
      const isLargest = !this.huge || width * height > this.huge.width * this.huge.height;
      this.huge = isLargest ? { file: picture.file, width, height, count } : { ...this.huge!, count };
    }
    const known = this.#sizes.get(`${width}×${height}`);
    if (known) known.count++;
    else this.#sizes.set(`${width}×${height}`, { width, height, count: 1 });
  }

  get classes(): PictureCheck['classes'] {
    return this.counts.labels.map((label, i) => ({ label, count: this.counts.ofClass(i), bytes: this.#bytes[i] }));
  }

  get differentSizes(): number {
    return this.#sizes.size;
  }

  /** Most frequent first. */
  get sizes(): PictureCheck['sizes'] {
    return this.foundSizes.sizes.slice(0, SIZES_SHOWN);
  }

  /** What is kept of them with a version. */
  get foundSizes(): ReturnType<typeof foundSizes> {
    return foundSizes(this.#sizes.values());
  }

  /** The shorter side that half of the pictures reach. */
  medianSide(): number {
    const sides = [...this.#sizes.values()].map(({ width, height, count }) => ({ side: Math.min(width, height), count }));
    sides.sort((a, b) => b.side - a.side);
    let left = this.counts.total / 2;
    return sides.find(({ count }) => (left -= count) <= 0)?.side ?? 0;
  }
}
