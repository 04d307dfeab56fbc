// Where tiles of one size lie on a larger picture, and how much each counts where several cover a pixel: most in its middle, where a
// convolution sees all around it, and ever less towards its edge, so that no seam shows.

/** Starts along one side: the first at 0, the last at the end, neighbours overlapping by at least half. A side no longer than a tile has one. */
export function tileStarts(length: number, tile: number): number[] {
  if (length <= tile) return [0];
  const steps = Math.ceil((length - tile) / Math.max(1, Math.floor(tile / 2)));
  return Array.from({ length: steps + 1 }, (_, i) => Math.round((i * (length - tile)) / steps));
}

/** Weights along one side of a tile, 1 everywhere where there is only one: a single tile answers as it would alone. */
export const tileWeights = (tile: number, isAlone: boolean): Float32Array =>
  Float32Array.from({ length: tile }, (_, i) => (isAlone ? 1 : Math.min(i + 1, tile - i)));

export interface Area {
  width: number;
  height: number;
}

/**
 * Probabilities of tiles added up row by row; of the sums only as many rows are held as a tile is high.
 * @param onRow called once for each row from the top, when no tile to come reaches it: weighted sums [width, classes], to be read at once
 */
export class TileBlender {
  readonly #sums: Float32Array;
  readonly #across: Float32Array;
  readonly #down: Float32Array;
  /** The row of the picture that the first row of the sums is. */
  #top = 0;

  constructor(
    private readonly picture: Area,
    private readonly tile: Area,
    private readonly classes: number,
    private readonly onRow: (row: number, sums: Float32Array) => void,
  ) {
    this.#sums = new Float32Array(Math.min(tile.height, picture.height) * picture.width * classes);
    this.#across = tileWeights(tile.width, picture.width <= tile.width);
    this.#down = tileWeights(tile.height, picture.height <= tile.height);
  }

  /** Tiles come row by row. @param probabilities [tile height, tile width, classes] */
  add(left: number, top: number, probabilities: Float32Array): void {
    this.#finishUntil(top);
    const { classes, tile } = this;
    const width = this.picture.width;
    for (let y = 0; y < tile.height && top + y < this.picture.height; y++) {
      for (let x = 0; x < tile.width && left + x < width; x++) {
        const weight = this.#down[y] * this.#across[x];
        const [to, from] = [(y * width + left + x) * classes, (y * tile.width + x) * classes];
        for (let c = 0; c < classes; c++) this.#sums[to + c] += weight * probabilities[from + c];
      }
    }
  }

  end(): void {
    this.#finishUntil(this.picture.height);
  }

  #finishUntil(row: number): void {
    const done = row - this.#top;
    if (done <= 0) return;
    const length = this.picture.width * this.classes;
    for (let y = 0; y < done; y++) this.onRow(this.#top + y, this.#sums.subarray(y * length, (y + 1) * length));
    this.#sums.copyWithin(0, done * length);
    this.#sums.fill(0, Math.max(0, this.#sums.length - done * length));
    this.#top = row;
  }
}
