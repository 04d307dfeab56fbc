// The last column and row of a JPEG whose colour is stored at half the size, as libjpeg makes them: where an even side ends inside a block,
// the last pixel's colour is the last value inside the picture. The library's decoder mixes in a quarter of the next one, which lies in the
// padding behind the picture and is anything in one that was damaged or cut.
import type { Component, Frame } from './jpeg-frame';
import { samples } from './jpeg-samples';

/** Red, green and blue of the last column and row where both decoders differ, as stored: not turned. */
export interface JpegEdge {
  column?: Uint8ClampedArray;
  row?: Uint8ClampedArray;
}

/** The coefficients of a component's last column and row of blocks. */
export class EdgeBlocks {
  /** In zigzag order, as coefficients are. */
  quantization: Uint16Array | undefined;
  readonly #column: Int16Array;
  readonly #row: Int16Array;

  constructor(
    readonly needs: Record<'column' | 'row', boolean>,
    private readonly across: number,
    private readonly down: number,
  ) {
    this.#column = new Int16Array(needs.column ? 64 * down : 0);
    this.#row = new Int16Array(needs.row ? 64 * across : 0);
  }

  /** To be filled in; nothing for a block further inside or in the padding. */
  at(x: number, y: number): Int16Array | undefined {
    if (this.needs.row && y === this.down - 1 && x < this.across) return this.#row.subarray(64 * x, 64 * x + 64);
    if (this.needs.column && x === this.across - 1 && y < this.down) return this.#column.subarray(64 * y, 64 * y + 64);
    return undefined;
  }

  /** Samples of the last column or row of so many. */
  line(which: 'column' | 'row', columns: number, rows: number): Uint8ClampedArray {
    const [length, last] = which === 'column' ? [rows, columns - 1] : [columns, rows - 1];
    const values = new Uint8ClampedArray(length);
    for (let from = 0; from < length; from += 8) {
      const block = which === 'column' ? this.at(last >> 3, from >> 3) : this.at(from >> 3, last >> 3);
      samples(block!, this.quantization!, which, last & 7, values.subarray(from, from + 8));
    }
    return values;
  }
}

const RGB = [...'RGB'].map((letter) => letter.charCodeAt(0));

/** To be called before its first scan. */
export function keepEdges({ width, height, components }: Frame): void {
  const [luma, ...colours] = components;
  const isKnown = components.length === 3 && luma.h <= 2 && luma.v <= 2 && colours.every(({ h, v }) => h === 1 && v === 1);
  if (components.every(({ id }, i) => id === RGB[i])) return;
  // So narrow a picture both decoders make by repeating values.
  if (!isKnown || (luma.h === 2 && width <= 4)) return;
  const endsInside = (side: number) => side % 2 === 0 && side % 16 !== 0;
  const needs = { column: luma.h === 2 && endsInside(width), row: luma.v === 2 && endsInside(height) };
  if (!needs.column && !needs.row) return;
  for (const component of components) component.edge = new EdgeBlocks(needs, component.across, component.down);
}

/** After its last scan. */
export function edgeOf(frame: Frame): JpegEdge | undefined {
  const needs = frame.components[0].edge?.needs;
  return needs && { column: needs.column ? inColour(frame, 'column') : undefined, row: needs.row ? inColour(frame, 'row') : undefined };
}

function inColour({ width, height, components }: Frame, which: 'column' | 'row'): Uint8ClampedArray {
  const [{ edge, h, v }, ...colours] = components;
  const luma = edge!.line(which, width, height);
  const [blue, red] = colours.map((colour: Component) => {
    const values = colour.edge!.line(which, Math.ceil(width / h), Math.ceil(height / v));
    return (which === 'column' ? v : h) === 1 ? values : twiceAsLong(values, which === 'column' ? [7, 7] : [8, 7]);
  });
  const colour = new Uint8ClampedArray(3 * luma.length);
  for (let i = 0; i < luma.length; i++) {
    const [b, r] = [blue[i] - 128, red[i] - 128];
    colour[3 * i] = luma[i] + 1.402 * r;
    colour[3 * i + 1] = luma[i] - 0.344136 * b - 0.714136 * r;
    colour[3 * i + 2] = luma[i] + 1.772 * b;
  }
  return colour;
}

/** Three parts of the nearer value and one of the next, rounded as libjpeg does (h2v2_fancy_upsample). */
function twiceAsLong(values: Uint8ClampedArray, [first, second]: readonly number[]): Uint8ClampedArray {
  const longer = new Uint8ClampedArray(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    const [before, after] = [values[Math.max(0, i - 1)], values[Math.min(values.length - 1, i + 1)]];
    longer[2 * i] = (12 * values[i] + 4 * before + first) >> 4;
    longer[2 * i + 1] = (12 * values[i] + 4 * after + second) >> 4;
  }
  return longer;
}
