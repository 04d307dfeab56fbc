// A picture made lower or higher: every row of the result is a weighted sum of neighbouring rows.
import { start, weights, weightBytes } from './weights';

/**
 * Writes up to 15 bytes behind the result, and reads as many rows behind the source as there are weights too many.
 * @param table where each row of the result begins and its weights, in pairs
 */
export function down(source: usize, rowBytes: usize, table: usize, rows: i32, pairs: i32, precision: i32, result: usize): void {
  const half = i32x4.splat(1 << (precision - 1));
  for (let row = 0; row < rows; row++) {
    const from = source + start(table) * rowBytes;
    for (let at: usize = 0; at < rowBytes; at += 16) {
      let first = half;
      let second = half;
      let third = half;
      let fourth = half;
      let taken = from + at;
      let weight = weights(table);
      for (let pair = 0; pair < pairs; pair++) {
        const upper = v128.load(taken);
        const lower = v128.load(taken + rowBytes);
        const both = v128.load32_splat(weight);
        // Values of both rows beside each other, so that one instruction weighs and adds the two.
        const left = i8x16.shuffle(upper, lower, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        const right = i8x16.shuffle(upper, lower, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        first = i32x4.add(first, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(left), both));
        second = i32x4.add(second, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(left), both));
        third = i32x4.add(third, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(right), both));
        fourth = i32x4.add(fourth, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(right), both));
        taken += rowBytes << 1;
        weight += 4;
      }
      const low = i16x8.narrow_i32x4_s(i32x4.shr_s(first, precision), i32x4.shr_s(second, precision));
      const high = i16x8.narrow_i32x4_s(i32x4.shr_s(third, precision), i32x4.shr_s(fourth, precision));
      v128.store(result + at, i8x16.narrow_i16x8_u(low, high));
    }
    result += rowBytes;
    table += weightBytes(pairs);
  }
}
