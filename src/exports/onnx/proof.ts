// Reads a written ONNX file again as far as its messages go: it is whole, and has every weight.
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** The messages of that field, one after another. */
function* messagesOf(bytes: Uint8Array, wanted: number): Generator<Uint8Array> {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === wanted && type === WireType.LengthDelimited) yield reader.bytes();
    else reader.skip(type);
  }
}

/** Bytes of all constants that are no whole numbers. @throws RangeError where it was cut short */
export function constantBytes(model: Uint8Array): number {
  let sum = 0;
  for (const graph of messagesOf(model, 7))
    for (const constant of messagesOf(graph, 5)) {
      const reader = new BinaryReader(constant);
      let isFloat = false;
      let bytes = 0;
      while (reader.pos < reader.len) {
        const [field, type] = reader.tag();
        if (field === 2) isFloat = reader.int32() === 1;
        else if (field === 9) bytes = reader.bytes().length;
        else reader.skip(type);
      }
      if (isFloat) sum += bytes;
    }
  return sum;
}
