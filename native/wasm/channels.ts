// Work along the channels, which are last. A line is one or a few places whose values are whole vectors: with 6 channels two places, 12
// values. So every vector of a line always holds the same channels, whatever their number. What is left of a place more goes one by one.

/** Values of a line: the least multiple of the channels that is one of 4. */
export function lineOf(channels: i32): i32 {
  return channels % 4 == 0 ? channels : channels % 2 == 0 ? 2 * channels : 4 * channels;
}

/** Lines summed in 32 bits before they are added up in 64. */
const BLOCK = 32;

export function addWide(sums: usize, values: v128): void {
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(values)));
  const high = i8x16.shuffle(values, values, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
  v128.store(sums, f64x2.add(v128.load(sums, 16), f64x2.promote_low_f32x4(high)), 16);
}

export function clearWide(sums: usize, count: i32): void {
  for (let i = 0; i < count; i++) store<f64>(sums + ((<usize>i) << 3), 0);
}

/** Adds the line's sums that belong to one channel into the first `channels`. */
export function fold(sums: usize, line: i32, channels: i32): void {
  for (let i = channels; i < line; i++) {
    const at = sums + ((<usize>(i % channels)) << 3);
    store<f64>(at, load<f64>(at) + load<f64>(sums + ((<usize>i) << 3)));
  }
}

/** The first `channels` values again and again, to a whole line. */
export function spread(values: usize, line: i32, channels: i32): void {
  for (let i = channels; i < line; i++) store<f32>(values + ((<usize>i) << 2), load<f32>(values + ((<usize>(i - channels)) << 2)));
}

/** sums[channel] = Σ x; `sums` has room for a line of 64-bit numbers. */
export function channelSums(x: usize, size: i32, channels: i32, sums: usize): void {
  const line = lineOf(channels);
  const step: usize = (<usize>line) << 2;
  const lines = size / line;
  clearWide(sums, line);
  for (let block = 0; block < lines; block += BLOCK) {
    const end = min(BLOCK, lines - block);
    const start = x + <usize>block * step;
    for (let i = 0; i < line; i += 4) {
      let a = f32x4.splat(0);
      let b = f32x4.splat(0);
      let at = start + ((<usize>i) << 2);
      let left = end;
      for (; left >= 2; left -= 2) {
        a = f32x4.add(a, v128.load(at));
        b = f32x4.add(b, v128.load(at + step));
        at += 2 * step;
      }
      if (left > 0) a = f32x4.add(a, v128.load(at));
      addWide(sums + ((<usize>i) << 3), f32x4.add(a, b));
    }
  }
  for (let i = lines * line; i < size; i++) {
    const at = sums + ((<usize>(i % line)) << 3);
    store<f64>(at, load<f64>(at) + <f64>load<f32>(x + ((<usize>i) << 2)));
  }
  fold(sums, line, channels);
}

/** out[channel] = Σ x · factor; `scratch` has room for a line of 64-bit numbers. */
export function sumOverPlaces(x: usize, size: i32, channels: i32, scratch: usize, factor: f64, out: usize): void {
  channelSums(x, size, channels, scratch);
  for (let c = 0; c < channels; c++) store<f32>(out + ((<usize>c) << 2), <f32>(load<f64>(scratch + ((<usize>c) << 3)) * factor));
}

/** out = x + bias[channel]; `scratch` has room for a line. */
export function addBias(x: usize, bias: usize, out: usize, size: i32, channels: i32, scratch: usize): void {
  const line = lineOf(channels);
  for (let c = 0; c < channels; c++) store<f32>(scratch + ((<usize>c) << 2), load<f32>(bias + ((<usize>c) << 2)));
  spread(scratch, line, channels);
  const step: usize = (<usize>line) << 2;
  const lines = size / line;
  for (let l = 0; l < lines; l++) {
    for (let i: usize = 0; i < step; i += 16) v128.store(out + i, f32x4.add(v128.load(x + i), v128.load(scratch + i)));
    x += step;
    out += step;
  }
  const rest = size - lines * line;
  for (let i = 0; i < rest; i++) {
    const at = (<usize>i) << 2;
    store<f32>(out + at, load<f32>(x + at) + load<f32>(scratch + at));
  }
}

/** target += source. */
export function addInto(target: usize, source: usize, size: i32): void {
  let left = size;
  for (; left >= 4; left -= 4) {
    v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
    target += 16;
    source += 16;
  }
  for (; left > 0; left--) {
    store<f32>(target, load<f32>(target) + load<f32>(source));
    target += 4;
    source += 4;
  }
}
