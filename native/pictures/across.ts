// A picture made narrower or wider: every pixel of the result is a weighted sum of its neighbours in its row. Reads up to 15 bytes behind the
// source, and as many pixels as there are weights too many; writes none behind the result.
import { start, weights, weightBytes } from './weights';

/** Of one channel. @param table where each column of the result begins and its weights, in fours of pairs */
export function acrossGrey(
  source: usize,
  width: usize,
  rows: i32,
  table: usize,
  columns: i32,
  pairs: i32,
  precision: i32,
  result: usize,
): void {
  for (let row = 0; row < rows; row++) {
    let place = table;
    for (let column = 0; column < columns; column++) {
      let taken = source + start(place);
      let weight = weights(place);
      let sums = i32x4.splat(0);
      for (let pair = 0; pair < pairs; pair += 4) {
        const eight = i16x8.extend_low_i8x16_u(v128.load64_zero(taken));
        sums = i32x4.add(sums, i32x4.dot_i16x8_s(eight, v128.load(weight)));
        taken += 8;
        weight += 16;
      }
      const sum = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
      const value = (sum + (1 << (precision - 1))) >> precision;
      store<u8>(result++, <u8>max(0, min(255, value)));
      place += weightBytes(pairs);
    }
    source += width;
  }
}

/** Of three channels. @param table where each column of the result begins and its weights, in twos of pairs */
export function acrossColour(
  source: usize,
  width: usize,
  rows: i32,
  table: usize,
  columns: i32,
  pairs: i32,
  precision: i32,
  result: usize,
): void {
  const line = 3 * width;
  const made: usize = 3 * <usize>columns;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    fourRows(source, line, table, columns, pairs, precision, result, made);
    source += line << 2;
    result += made << 2;
  }
  for (; row < rows; row++) {
    fourRows(source, 0, table, columns, pairs, precision, result, 0);
    source += line;
    result += made;
  }
}

/** Four at once share the loading of weights. */
function fourRows(source: usize, line: usize, table: usize, columns: i32, pairs: i32, precision: i32, result: usize, made: usize): void {
  const half = i32x4.splat(1 << (precision - 1));
  // Of two pixels, the values of a channel beside each other; -128 makes a zero.
  const firstTwo = i8x16(0, -128, 3, -128, 1, -128, 4, -128, 2, -128, 5, -128, -128, -128, -128, -128);
  const nextTwo = i8x16(6, -128, 9, -128, 7, -128, 10, -128, 8, -128, 11, -128, -128, -128, -128, -128);
  for (let column = 0; column < columns; column++) {
    let taken = source + 3 * start(table);
    let weight = weights(table);
    let first = half;
    let second = half;
    let third = half;
    let fourth = half;
    for (let pair = 0; pair < pairs; pair += 2) {
      const here = v128.load32_splat(weight);
      const there = v128.load32_splat(weight, 4);
      let pixels = v128.load(taken);
      first = i32x4.add(first, i32x4.dot_i16x8_s(i8x16.swizzle(pixels, firstTwo), here));
      first = i32x4.add(first, i32x4.dot_i16x8_s(i8x16.swizzle(pixels, nextTwo), there));
      pixels = v128.load(taken + line);
      second = i32x4.add(second, i32x4.dot_i16x8_s(i8x16.swizzle(pixels, firstTwo), here));
      second = i32x4.add(second, i32x4.dot_i16x8_s(i8x16.swizzle(pixels, nextTwo), there));
      pixels = v128.load(taken + (line << 1));
      third = i32x4.add(third, i32x4.dot_i16x8_s(i8x16.swizzle(pixels, firstTwo), here));
      third = i32x4.add(third, i32x4.dot_i16x8_s(i8x16.swizzle(pixels, nextTwo), there));
      pixels = v128.load(taken + 3 * line);
      fourth = i32x4.add(fourth, i32x4.dot_i16x8_s(i8x16.swizzle(pixels, firstTwo), here));
      fourth = i32x4.add(fourth, i32x4.dot_i16x8_s(i8x16.swizzle(pixels, nextTwo), there));
      taken += 12;
      weight += 8;
    }
    const low = i16x8.narrow_i32x4_s(i32x4.shr_s(first, precision), i32x4.shr_s(second, precision));
    const high = i16x8.narrow_i32x4_s(i32x4.shr_s(third, precision), i32x4.shr_s(fourth, precision));
    const four = i8x16.narrow_i16x8_u(low, high);
    v128.store16_lane(result, four, 0);
    v128.store8_lane(result, four, 2, 2);
    v128.store16_lane(result + made, four, 2);
    v128.store8_lane(result + made, four, 6, 2);
    v128.store16_lane(result + (made << 1), four, 4);
    v128.store8_lane(result + (made << 1), four, 10, 2);
    v128.store16_lane(result + 3 * made, four, 6);
    v128.store8_lane(result + 3 * made, four, 14, 2);
    result += 3;
    table += weightBytes(pairs);
  }
}
