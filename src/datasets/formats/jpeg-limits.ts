// How large the coefficients of a JPEG's component can be, known from what they are multiplied with.

/** A value times its quantization factor: 1,024 is the most that 8 bits give; more than this overflows decoders' arithmetic. */
const LARGEST = 4096;

/** By place in zigzag order. */
export interface Limits {
  /** The largest value that can be; and up to how many bits every value is below it. */
  limits: Int32Array;
  sizes: Uint8Array;
  /** Of all places but the first. */
  leastSize: number;
}

/** By the factors, and `low`; these are kept from file to file. */
const KNOWN = new WeakMap<Uint16Array, (Limits | undefined)[]>();

/** @param low bits that a value lacks as yet */
export function limitsOf(quantization: Uint16Array, low: number): Limits {
  let known = KNOWN.get(quantization);
  if (!known) KNOWN.set(quantization, (known = []));
  return (known[low] ??= make(quantization, low));
}

function make(quantization: Uint16Array, low: number): Limits {
  const limits = Int32Array.from(quantization, (factor) => LARGEST / (factor << low));
  const sizes = Uint8Array.from(limits, (limit) => 31 - Math.clz32(limit + 1));
  return { limits, sizes, leastSize: Math.min(...sizes.subarray(1)) };
}
