// The gradient of ReLU and ReLU6.

/** dx = dy where 0 < y < most, else 0. */
export function rectifierGradient(dy: usize, y: usize, most: f32, dx: usize, size: i32): void {
  const floor = f32x4.splat(0);
  const ceiling = f32x4.splat(most);
  let left = size;
  for (; left >= 4; left -= 4) {
    const value = v128.load(y);
    const open = v128.and(f32x4.gt(value, floor), f32x4.lt(value, ceiling));
    v128.store(dx, v128.and(v128.load(dy), open));
    dy += 16;
    y += 16;
    dx += 16;
  }
  for (; left > 0; left--) {
    const value = load<f32>(y);
    store<f32>(dx, value > 0 && value < most ? load<f32>(dy) : 0);
    dy += 4;
    y += 4;
    dx += 4;
  }
}
