// Bytes changed the way disks, downloads and enemies change them; the same for the same seed.

/** Numbers at which fields of one, two and four bytes turn over. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];
const HEAD = 120;

export class Draw {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
    this.below(2);
  }

  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)];
  }
}

/** Headers are short and decide most: half of the changes go to the first and last bytes. */
function placeIn(draw: Draw, length: number): number {
  const near = draw.below(Math.min(HEAD, length));
  return [near, Math.max(0, length - 1 - near), draw.below(length), draw.below(length)][draw.below(4)];
}

export function mutated(original: Uint8Array, draw: Draw): Buffer {
  let bytes = Buffer.from(original);
  for (let times = 1 + draw.below(3); times > 0 && bytes.length > 0; times--) bytes = changed(bytes, draw);
  return bytes;
}

function changed(bytes: Buffer<ArrayBuffer>, draw: Draw): Buffer<ArrayBuffer> {
  const at = placeIn(draw, bytes.length);
  switch (draw.below(8)) {
    case 0:
      bytes[at] ^= 1 << draw.below(8);
      return bytes;
    case 1:
      bytes[at] = draw.below(256);
      return bytes;
    case 2:
      return field(bytes, at, draw);
    case 3:
      return field(bytes, at, draw);
    case 4:
      return bytes.subarray(0, at);
    case 5:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + draw.below(40))]);
    case 6:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(draw.below(at + 1), at), bytes.subarray(at)]);
    default:
      bytes.fill(draw.of([0, 0xff, 0x20]), at, Math.min(bytes.length, at + 1 + draw.below(30)));
      return bytes;
  }
}

/** A number at an edge, of one, two or four bytes, in either order. */
function field(bytes: Buffer<ArrayBuffer>, at: number, draw: Draw): Buffer<ArrayBuffer> {
  const value = draw.of(EDGES) >>> 0;
  const size = draw.of([1, 2, 4]);
  if (at + size > bytes.length) return bytes;
  const low = size === 4 ? value : value % 2 ** (8 * size);
  if (draw.below(2)) bytes.writeUIntBE(low, at, size);
  else bytes.writeUIntLE(low, at, size);
  return bytes;
}
