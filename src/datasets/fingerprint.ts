// What a picture looks like in few bytes: a difference hash to find pictures like it, and a small grey copy to be sure.
import type { PixelLayout } from './decode-picture';

/** Decoded for it: twice the difference hash's 9 × 8 points. */
export const FINGERPRINT_LAYOUT = { width: 18, height: 16, channels: 1 } as const satisfies PixelLayout;
export const FINGERPRINT_BYTES = FINGERPRINT_LAYOUT.width * FINGERPRINT_LAYOUT.height;
const { width: WIDTH } = FINGERPRINT_LAYOUT;
const [COLUMNS, ROWS] = [8, 8];

/** 64 bits: is a point darker than the one to its right (the difference hash, "dHash", of N. Krawetz 2013). [rows 0–3, rows 4–7] */
export function differenceHash(grey: Uint8Array): [number, number] {
  const halves: [number, number] = [0, 0];
  for (let y = 0; y < ROWS; y++) {
    for (let x = 0; x < COLUMNS; x++) {
      if (point(grey, x, y) < point(grey, x + 1, y)) halves[y >> 2] |= 1 << ((y & 3) * COLUMNS + x);
    }
  }
  return [halves[0] >>> 0, halves[1] >>> 0];
}

/** The sum of four neighbours. */
function point(grey: Uint8Array, x: number, y: number): number {
  const at = 2 * y * WIDTH + 2 * x;
  return grey[at] + grey[at + 1] + grey[at + WIDTH] + grey[at + WIDTH + 1];
}

/** Bits in which two hashes differ. */
export const hashDistance = (a0: number, a1: number, b0: number, b1: number): number => bits(a0 ^ b0) + bits(a1 ^ b1);

function bits(value: number): number {
  let v = value - ((value >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * Whether two small copies show the same: they correlate above 0.98, whatever was done to brightness and contrast within reason. Nearly even
 * pictures are the same only where they are nearly equal.
 */
export function looksSame(a: Uint8Array, b: Uint8Array): boolean {
  let [sumA, sumB, squareA, squareB, product, gap] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < FINGERPRINT_BYTES; i++) {
    sumA += a[i];
    sumB += b[i];
    squareA += a[i] * a[i];
    squareB += b[i] * b[i];
    product += a[i] * b[i];
    gap += Math.abs(a[i] - b[i]);
  }
  const n = FINGERPRINT_BYTES;
  const [varianceA, varianceB] = [squareA / n - (sumA / n) ** 2, squareB / n - (sumB / n) ** 2];
  if (varianceA < EVEN || varianceB < EVEN) return gap / n < NEARLY_EQUAL;
  const correlation = (product / n - (sumA / n) * (sumB / n)) / Math.sqrt(varianceA * varianceB);
  return correlation > CORRELATION && gap / n < FAR;
}

const CORRELATION = 0.98;
/** Variances of grey levels below which a picture has nothing to correlate. */
const EVEN = 16;
const NEARLY_EQUAL = 2;
/** Grey levels: a night is not the same picture as a day. */
const FAR = 24;
