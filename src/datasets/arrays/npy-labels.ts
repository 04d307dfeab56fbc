// An array of labels as NumPy saves it: whole numbers or text, one for each picture.
import type { ArrayFile } from './array-file';
import { assertSizes } from './array-listing';
import { numberReader, valuesIn, type NpyHeader } from './npy';

const LONGEST_TEXT_BYTES = 1_024;

/** @throws FailureError dataset-invalid */
export async function readLabels(file: ArrayFile, header: NpyHeader, signal?: AbortSignal): Promise<(number | string)[]> {
  const { shape, kind, bytes, start } = header;
  if (shape.length !== 1 && !(shape.length === 2 && shape[1] === 1)) {
    const oneHot = shape.length === 2 ? ' If each row marks its class with a 1, save numpy.argmax(y, axis=1) instead.' : '';
    throw file.refused(`its shape is (${shape.join(', ')}), and labels are one value for each picture.${oneHot}`);
  }
  const isText = kind === 'S' || kind === 'U';
  if ((!isText && !'uib'.includes(kind)) || (isText && (bytes === 0 || bytes > LONGEST_TEXT_BYTES))) {
    throw file.refused(`it holds values of NumPy's type "${kind}"; labels are read as whole numbers or as text.`);
  }
  assertSizes(file, shape[0], 1, 1);
  const number = numberReader(header);
  if (!isText && !number) throw file.refused(`it holds whole numbers of ${bytes} bytes, which are not read. Save them as int32.`);
  const values: (number | string)[] = [];
  let rest = Buffer.alloc(0);
  await file.proveLength(start + valuesIn(header) * bytes, signal, (piece, at) => {
    const whole = Buffer.concat([rest, piece.subarray(Math.min(piece.length, Math.max(0, start - at)))]);
    const end = whole.length - (whole.length % bytes);
    const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
    for (let i = 0; i < end && values.length < shape[0]; i += bytes) {
      values.push(isText ? textOf(whole.subarray(i, i + bytes), header) : number!(view, i));
    }
    rest = Buffer.from(whole.subarray(end));
  });
  return values;
}

/** Without the zeros that fill it up. */
function textOf(cell: Buffer, { kind, bigEndian }: NpyHeader): string {
  if (kind === 'S') return cell.toString('utf8').replace(/\0+$/, '').trim().normalize('NFC');
  const points = Array.from({ length: cell.length / 4 }, (_, i) => (bigEndian ? cell.readUInt32BE(i * 4) : cell.readUInt32LE(i * 4)));
  const known = points.filter((point) => point > 0 && point <= 0x10ffff);
  return known
    .map((point) => String.fromCodePoint(point))
    .join('')
    .trim()
    .normalize('NFC');
}
