// Weights as TF.js writes them, as float32: whole, in 16 bits, or as 8 or 16 bits of a range. By hand, because its own decoder makes tensors,
// and files are looked at before an engine is chosen.
import type { WeightEntry } from '#shared/layers-file';

/** @param bytes exactly those of this weight, little-endian */
export function numbersOf({ dtype, quantization }: WeightEntry, bytes: Buffer): Float32Array {
  const format = quantization?.dtype ?? dtype;
  const [scale, least] = [quantization?.scale ?? 1, quantization?.min ?? 0];
  const every = (size: number, read: (at: number) => number): Float32Array =>
    Float32Array.from({ length: bytes.length / size }, (_, i) => read(i * size));
  switch (format) {
    case 'float32':
      return every(4, (at) => bytes.readFloatLE(at));
    case 'int32':
      return every(4, (at) => bytes.readInt32LE(at));
    case 'float16':
      return every(2, (at) => halfFloat(bytes.readUInt16LE(at)));
    case 'uint16':
      return every(2, (at) => bytes.readUInt16LE(at) * scale + least);
    case 'uint8':
      return every(1, (at) => bytes[at] * scale + least);
    case 'bool':
      return every(1, (at) => bytes[at]);
  }
}

/** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
function halfFloat(bits: number): number {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 0x1f, bits & 0x3ff];
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
