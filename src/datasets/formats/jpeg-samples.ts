// One column or row of samples out of a block of coefficients (ITU-T T.81, annex A.3.3).

const SIDE = 8;
/** By place in zigzag order: row × 8 + column. */
const NATURAL = Uint8Array.from([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57,
  50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
]);
/** By sample × 8 + frequency. */
const COSINES = Float64Array.from({ length: SIDE * SIDE }, (_, i) => {
  const [sample, frequency] = [i >> 3, i & 7];
  return frequency === 0 ? Math.SQRT1_2 / 2 : Math.cos(((2 * sample + 1) * frequency * Math.PI) / 16) / 2;
});

/** Both in zigzag order. @param at which column or row, 0 to 7 */
export function samples(
  coefficients: Int16Array,
  quantization: Uint16Array,
  line: 'column' | 'row',
  at: number,
  out: Uint8ClampedArray,
): void {
  const sums = new Float64Array(SIDE);
  for (let i = 0; i < coefficients.length; i++) {
    if (coefficients[i] === 0) continue;
    const [row, column] = [NATURAL[i] >> 3, NATURAL[i] & 7];
    const [across, along] = line === 'column' ? [column, row] : [row, column];
    sums[along] += coefficients[i] * quantization[i] * COSINES[SIDE * at + across];
  }
  for (let sample = 0; sample < out.length; sample++) {
    let value = 128;
    for (let k = 0; k < SIDE; k++) value += sums[k] * COSINES[SIDE * sample + k];
    out[sample] = value;
  }
}
