// The gradients of a depthwise convolution with one output a channel. Steps are in bytes; pictures have the border their windows reach into.

/** target[row, column, c] += Σ over places of source[place + tap, c] · slope[place, c]. */
export function depthwiseFilterGradient(
  source: usize,
  rowStep: usize,
  columnStep: usize,
  slope: usize,
  height: i32,
  width: i32,
  channels: i32,
  rows: i32,
  tapRowStep: usize,
  columns: i32,
  tapColumnStep: usize,
  target: usize,
): void {
  const pixel: usize = (<usize>channels) << 2;
  for (let y = 0; y < height; y++) {
    let to = target;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const tap = source + <usize>row * tapRowStep + <usize>column * tapColumnStep;
        let at: usize = 0;
        for (; at + 16 <= pixel; at += 16) {
          let sum = v128.load(to + at);
          let a = tap + at;
          let b = slope + at;
          for (let x = width; x > 0; x--) {
            sum = f32x4.add(sum, f32x4.mul(v128.load(a), v128.load(b)));
            a += columnStep;
            b += pixel;
          }
          v128.store(to + at, sum);
        }
        for (; at < pixel; at += 4) {
          let sum = load<f32>(to + at);
          let a = tap + at;
          let b = slope + at;
          for (let x = width; x > 0; x--) {
            sum += load<f32>(a) * load<f32>(b);
            a += columnStep;
            b += pixel;
          }
          store<f32>(to + at, sum);
        }
        to += pixel;
      }
    }
    source += rowStep;
    slope += <usize>width * pixel;
  }
}

/** target[place + tap, c] += slope[place, c] · filter[row, column, c]. */
export function depthwiseInputGradient(
  slope: usize,
  filter: usize,
  height: i32,
  width: i32,
  channels: i32,
  target: usize,
  rowStep: usize,
  columnStep: usize,
  rows: i32,
  tapRowStep: usize,
  columns: i32,
  tapColumnStep: usize,
): void {
  const pixel: usize = (<usize>channels) << 2;
  for (let y = 0; y < height; y++) {
    let weights = filter;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const tap = target + <usize>row * tapRowStep + <usize>column * tapColumnStep;
        let at: usize = 0;
        for (; at + 16 <= pixel; at += 16) {
          const weight = v128.load(weights + at);
          let a = tap + at;
          let b = slope + at;
          for (let x = width; x > 0; x--) {
            v128.store(a, f32x4.add(v128.load(a), f32x4.mul(v128.load(b), weight)));
            a += columnStep;
            b += pixel;
          }
        }
        for (; at < pixel; at += 4) {
          const weight = load<f32>(weights + at);
          let a = tap + at;
          let b = slope + at;
          for (let x = width; x > 0; x--) {
            store<f32>(a, load<f32>(a) + load<f32>(b) * weight);
            a += columnStep;
            b += pixel;
          }
        }
        weights += pixel;
      }
    }
    target += rowStep;
    slope += <usize>width * pixel;
  }
}
