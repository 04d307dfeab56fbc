// Resizes pictures that are not too large by our own program (native/pictures), bit for bit as the decoder's library does, which has four
// channels go three times through memory for it.
import { PICTURES_BASE64 } from './program';
import { weightsFor } from './weights';

export interface Size {
  width: number;
  height: number;
}

interface Program {
  down(source: number, rowBytes: number, table: number, rows: number, pairs: number, precision: number, result: number): void;
  acrossGrey: Across;
  acrossColour: Across;
}

type Across = (
  source: number,
  width: number,
  rows: number,
  table: number,
  columns: number,
  pairs: number,
  precision: number,
  result: number,
) => void;

const PAGE_BYTES = 1 << 16;
/** Its memory never becomes smaller. */
const MOST_BYTES = 12e6;
/** It reads and writes by as many at once, over an end. */
const WIDTH_BYTES = 16;

let started: { memory: WebAssembly.Memory; program: Program } | undefined;

export const canResize = ({ width, height }: Size, to: Size): boolean =>
  // With what weights of zero are multiplied with: as many rows again, at most.
  3 * (2 * width * height + width * to.height + to.width * to.height) <= MOST_BYTES;

/** Answers height × width × channels values in memory that the next call writes over. */
export function resize(pixels: Uint8Array, { width, height }: Size, channels: 1 | 3, to: Size): Uint8Array {
  const down = weightsFor(height, to.height, 1);
  const across = weightsFor(width, to.width, channels === 3 ? 2 : 4);
  const rowBytes = width * channels;
  let needed = 0;
  const place = (bytes: number): number => {
    const at = needed;
    needed += WIDTH_BYTES * Math.ceil((bytes + WIDTH_BYTES) / WIDTH_BYTES);
    return at;
  };
  const [downTable, acrossTable] = [place(down.table.length), place(across.table.length)];
  const source = place(pixels.length + 2 * down.pairs * rowBytes);
  const between = place(to.height * rowBytes + 2 * across.pairs * channels);
  const result = place(to.width * to.height * channels);

  const { memory, program } = (started ??= start());
  if (memory.buffer.byteLength < needed) memory.grow(Math.ceil((needed - memory.buffer.byteLength) / PAGE_BYTES));
  const bytes = new Uint8Array(memory.buffer);
  bytes.set(down.table, downTable);
  bytes.set(across.table, acrossTable);
  bytes.set(pixels, source);
  // Rows first, as the library.
  program.down(source, rowBytes, downTable, to.height, down.pairs, down.precision, between);
  const narrow = channels === 3 ? program.acrossColour : program.acrossGrey;
  narrow(between, width, to.height, acrossTable, to.width, across.pairs, across.precision, result);
  return bytes.subarray(result, result + to.width * to.height * channels);
}

function start(): { memory: WebAssembly.Memory; program: Program } {
  const memory = new WebAssembly.Memory({ initial: 1 });
  // A page of an export has no Buffer.
  const binary = Uint8Array.from(atob(PICTURES_BASE64), (letter) => letter.charCodeAt(0));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory } });
  return { memory, program: exports as unknown as Program };
}
