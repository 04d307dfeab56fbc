// The gradient of max pooling: each window hands dy to its largest value, the first of equals as TensorFlow does.

/** dy [samples, outHeight, outWidth, channels], x [samples, height, width, channels] → dx, like x. Windows may reach beyond the picture. */
export function maxPoolGradient(
  dy: usize,
  x: usize,
  dx: usize,
  samples: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  windowHeight: i32,
  windowWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  top: i32,
  left: i32,
): void {
  const pixel: usize = (<usize>channels) << 2;
  const line = <usize>width * pixel;
  memory.fill(dx, 0, <usize>samples * <usize>height * line);
  for (let n = 0; n < samples; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const y0 = oy * strideHeight - top;
      const yStart = max(0, y0);
      const yEnd = min(height, y0 + windowHeight);
      for (let ox = 0; ox < outWidth; ox++) {
        const x0 = ox * strideWidth - left;
        const xStart = max(0, x0);
        const xEnd = min(width, x0 + windowWidth);
        const first = <usize>yStart * line + <usize>xStart * pixel;
        const across = <usize>(xEnd - xStart) * pixel;
        const down = <usize>(yEnd - yStart) * line;
        let c = 0;
        for (; c + 4 <= channels; c += 4) {
          let largest = f32x4.splat(-Infinity);
          let place = i32x4.splat(-1);
          const base = first + ((<usize>c) << 2);
          for (let i: usize = 0; i < down; i += line) {
            for (let j: usize = 0; j < across; j += pixel) {
              const value = v128.load(x + base + i + j);
              const larger = f32x4.gt(value, largest);
              largest = v128.bitselect(value, largest, larger);
              place = v128.bitselect(i32x4.splat(<i32>(i + j)), place, larger);
            }
          }
          const slope = v128.load(dy);
          for (let i: usize = 0; i < down; i += line) {
            for (let j: usize = 0; j < across; j += pixel) {
              const here = i32x4.eq(place, i32x4.splat(<i32>(i + j)));
              const at = dx + base + i + j;
              v128.store(at, f32x4.add(v128.load(at), v128.and(slope, here)));
            }
          }
          dy += 16;
        }
        for (; c < channels; c++) {
          let largest: f32 = -Infinity;
          let place: usize = 0;
          let found = false;
          const base = first + ((<usize>c) << 2);
          for (let i: usize = 0; i < down; i += line) {
            for (let j: usize = 0; j < across; j += pixel) {
              const value = load<f32>(x + base + i + j);
              if (value > largest) {
                largest = value;
                place = base + i + j;
                found = true;
              }
            }
          }
          if (found) store<f32>(dx + place, load<f32>(dx + place) + load<f32>(dy));
          dy += 4;
        }
      }
    }
    x += <usize>height * line;
    dx += <usize>height * line;
  }
}
