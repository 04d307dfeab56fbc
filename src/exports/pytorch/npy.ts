// An array as NumPy saves it (format 1.0), so that Python reads it in place.
import { sizeOf, type Shape } from '#engine/layers/layer';

export type NpyValues = Uint8Array | Int32Array | Float32Array;

const MAGIC = [0x93, ...new TextEncoder().encode('NUMPY'), 1, 0];
/** Magic and length of the header. */
const FRONT = MAGIC.length + 2;
const ALIGNMENT = 64;

const typeOf = (values: NpyValues): string => (values instanceof Uint8Array ? '|u1' : values instanceof Int32Array ? '<i4' : '<f4');

function header(type: string, shape: Shape): Uint8Array {
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = ALIGNMENT * Math.ceil((FRONT + text.length + 1) / ALIGNMENT) - FRONT;
  const bytes = new Uint8Array(FRONT + length);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint16(MAGIC.length, length, true);
  bytes.set(new TextEncoder().encode(`${text.padEnd(length - 1)}\n`), FRONT);
  return bytes;
}

/** An array whose rows come piece by piece. */
export class NpyFile {
  private bytes?: Uint8Array;
  private at = 0;

  constructor(
    private readonly rows: number,
    private readonly rowShape: Shape,
  ) {}

  /** All pieces are of one type. */
  append(values: NpyValues): void {
    if (!this.bytes) {
      const front = header(typeOf(values), [this.rows, ...this.rowShape]);
      this.bytes = new Uint8Array(front.length + this.rows * sizeOf(this.rowShape) * values.BYTES_PER_ELEMENT);
      this.bytes.set(front);
      this.at = front.length;
    }
    this.bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), this.at);
    this.at += values.byteLength;
  }

  /** @throws Error before its rows are all there */
  finish(): Uint8Array {
    if (this.at !== this.bytes?.length) throw new Error(`Rows are missing: ${this.at} bytes of ${this.bytes?.length}.`);
    return this.bytes;
  }
}

export function toNpy(shape: Shape, values: NpyValues): Uint8Array {
  const [rows, ...rowShape] = shape;
  const file = new NpyFile(rows, rowShape);
  file.append(values);
  return file.finish();
}
