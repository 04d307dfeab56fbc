// Sums of products between a picture and the slope of what was made of it: the filter's gradient of a convolution, the weights' of a product.

/**
 * target[run, m, o] += Σ over places of source[place + run + m] · slope[place, o]. Steps are in bytes. A run is what lies side by
 * side in the source: `runLength` values, read in blocks of four, so that up to three values behind it are read and must exist.
 * @param outputs a multiple of 4: whole vectors
 * @param target [runs][runLength rounded up to 4][outputs]
 */
export function gradientProducts(
  source: usize,
  rowStep: usize,
  columnStep: usize,
  slope: usize,
  slopeRowStep: usize,
  slopeColumnStep: usize,
  height: i32,
  width: i32,
  runRows: i32,
  runRowStep: usize,
  runColumns: i32,
  runColumnStep: usize,
  runLength: i32,
  outputs: i32,
  target: usize,
): void {
  const line: usize = (<usize>outputs) << 2;
  for (let runRow = 0; runRow < runRows; runRow++) {
    for (let runColumn = 0; runColumn < runColumns; runColumn++) {
      const run = source + <usize>runRow * runRowStep + <usize>runColumn * runColumnStep;
      for (let m = 0; m < runLength; m += 4) {
        const from = run + ((<usize>m) << 2);
        let o = 0;
        for (; o + 8 <= outputs; o += 8) {
          const to0 = target + ((<usize>o) << 2);
          const to1 = to0 + line;
          const to2 = to1 + line;
          const to3 = to2 + line;
          let low0 = v128.load(to0);
          let high0 = v128.load(to0, 16);
          let low1 = v128.load(to1);
          let high1 = v128.load(to1, 16);
          let low2 = v128.load(to2);
          let high2 = v128.load(to2, 16);
          let low3 = v128.load(to3);
          let high3 = v128.load(to3, 16);
          for (let y = 0; y < height; y++) {
            let a = from + <usize>y * rowStep;
            let b = slope + ((<usize>o) << 2) + <usize>y * slopeRowStep;
            for (let x = width; x > 0; x--) {
              const low = v128.load(b);
              const high = v128.load(b, 16);
              let value = v128.load_splat<f32>(a);
              low0 = f32x4.add(low0, f32x4.mul(value, low));
              high0 = f32x4.add(high0, f32x4.mul(value, high));
              value = v128.load_splat<f32>(a, 4);
              low1 = f32x4.add(low1, f32x4.mul(value, low));
              high1 = f32x4.add(high1, f32x4.mul(value, high));
              value = v128.load_splat<f32>(a, 8);
              low2 = f32x4.add(low2, f32x4.mul(value, low));
              high2 = f32x4.add(high2, f32x4.mul(value, high));
              value = v128.load_splat<f32>(a, 12);
              low3 = f32x4.add(low3, f32x4.mul(value, low));
              high3 = f32x4.add(high3, f32x4.mul(value, high));
              a += columnStep;
              b += slopeColumnStep;
            }
          }
          v128.store(to0, low0);
          v128.store(to0, high0, 16);
          v128.store(to1, low1);
          v128.store(to1, high1, 16);
          v128.store(to2, low2);
          v128.store(to2, high2, 16);
          v128.store(to3, low3);
          v128.store(to3, high3, 16);
        }
        for (; o < outputs; o += 4) {
          const to0 = target + ((<usize>o) << 2);
          const to1 = to0 + line;
          const to2 = to1 + line;
          const to3 = to2 + line;
          let low0 = v128.load(to0);
          let low1 = v128.load(to1);
          let low2 = v128.load(to2);
          let low3 = v128.load(to3);
          for (let y = 0; y < height; y++) {
            let a = from + <usize>y * rowStep;
            let b = slope + ((<usize>o) << 2) + <usize>y * slopeRowStep;
            for (let x = width; x > 0; x--) {
              const low = v128.load(b);
              low0 = f32x4.add(low0, f32x4.mul(v128.load_splat<f32>(a), low));
              low1 = f32x4.add(low1, f32x4.mul(v128.load_splat<f32>(a, 4), low));
              low2 = f32x4.add(low2, f32x4.mul(v128.load_splat<f32>(a, 8), low));
              low3 = f32x4.add(low3, f32x4.mul(v128.load_splat<f32>(a, 12), low));
              a += columnStep;
              b += slopeColumnStep;
            }
          }
          v128.store(to0, low0);
          v128.store(to1, low1);
          v128.store(to2, low2);
          v128.store(to3, low3);
        }
        target += line << 2;
      }
    }
  }
}
