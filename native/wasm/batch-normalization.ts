// BatchNorm and its gradient. Sums of up to 32 values are made in 32 bits, of those in 64.
import { addWide, channelSums, clearWide, fold, lineOf, spread } from './channels';

const BLOCK = 32;

/** sums[channel] = Σ (x − mean)²; mean is a line. */
function squares(x: usize, mean: usize, size: i32, channels: i32, sums: usize): void {
  const line = lineOf(channels);
  const step: usize = (<usize>line) << 2;
  const lines = size / line;
  clearWide(sums, line);
  for (let block = 0; block < lines; block += BLOCK) {
    const end = min(BLOCK, lines - block);
    for (let i = 0; i < line; i += 4) {
      const centre = v128.load(mean + ((<usize>i) << 2));
      let sum = f32x4.splat(0);
      let at = x + <usize>block * step + ((<usize>i) << 2);
      for (let left = end; left > 0; left--) {
        const distance = f32x4.sub(v128.load(at), centre);
        sum = f32x4.add(sum, f32x4.mul(distance, distance));
        at += step;
      }
      addWide(sums + ((<usize>i) << 3), sum);
    }
  }
  for (let i = lines * line; i < size; i++) {
    const distance = load<f32>(x + ((<usize>i) << 2)) - load<f32>(mean + ((<usize>(i % line)) << 2));
    const at = sums + ((<usize>(i % line)) << 3);
    store<f64>(at, load<f64>(at) + <f64>(distance * distance));
  }
  fold(sums, line, channels);
}

/**
 * y = (x − mean) · scale / √(variance + ε) + offset, by the mean and variance (÷ n) of each channel.
 * @param scratch 20 bytes for each value of a line
 */
export function batchNorm(
  x: usize,
  scale: usize,
  offset: usize,
  epsilon: f64,
  size: i32,
  channels: i32,
  y: usize,
  mean: usize,
  variance: usize,
  inverse: usize,
  scratch: usize,
): void {
  const line = lineOf(channels);
  const count = <f64>(size / channels);
  const sums = scratch;
  const centre = sums + ((<usize>line) << 3);
  const factor = centre + ((<usize>line) << 2);
  const shift = factor + ((<usize>line) << 2);
  channelSums(x, size, channels, sums);
  for (let c = 0; c < channels; c++) {
    const average = <f32>(load<f64>(sums + ((<usize>c) << 3)) / count);
    store<f32>(mean + ((<usize>c) << 2), average);
    store<f32>(centre + ((<usize>c) << 2), average);
  }
  spread(centre, line, channels);
  squares(x, centre, size, channels, sums);
  for (let c = 0; c < channels; c++) {
    const at = (<usize>c) << 2;
    const spreadOf = load<f64>(sums + ((<usize>c) << 3)) / count;
    const inverted = 1 / Math.sqrt(spreadOf + epsilon);
    store<f32>(variance + at, <f32>spreadOf);
    store<f32>(inverse + at, <f32>inverted);
    store<f32>(factor + at, <f32>(inverted * <f64>load<f32>(scale + at)));
    store<f32>(shift + at, load<f32>(offset + at));
  }
  spread(factor, line, channels);
  spread(shift, line, channels);

  const step: usize = (<usize>line) << 2;
  const lines = size / line;
  for (let l = 0; l < lines; l++) {
    for (let i: usize = 0; i < step; i += 16) {
      const distance = f32x4.sub(v128.load(x + i), v128.load(centre + i));
      v128.store(y + i, f32x4.add(f32x4.mul(distance, v128.load(factor + i)), v128.load(shift + i)));
    }
    x += step;
    y += step;
  }
  const rest = (<usize>(size - lines * line)) << 2;
  for (let i: usize = 0; i < rest; i += 4) {
    store<f32>(y + i, (load<f32>(x + i) - load<f32>(centre + i)) * load<f32>(factor + i) + load<f32>(shift + i));
  }
}

/** slopes[channel] = Σ dy, products[channel] = Σ dy · (x − mean); mean is a line. */
function slopesAndProducts(dy: usize, x: usize, mean: usize, size: i32, channels: i32, slopes: usize, products: usize): void {
  const line = lineOf(channels);
  const step: usize = (<usize>line) << 2;
  const lines = size / line;
  clearWide(slopes, line);
  clearWide(products, line);
  for (let block = 0; block < lines; block += BLOCK) {
    const end = min(BLOCK, lines - block);
    for (let i = 0; i < line; i += 4) {
      const centre = v128.load(mean + ((<usize>i) << 2));
      let sum = f32x4.splat(0);
      let product = f32x4.splat(0);
      let at = <usize>block * step + ((<usize>i) << 2);
      for (let left = end; left > 0; left--) {
        const slope = v128.load(dy + at);
        sum = f32x4.add(sum, slope);
        product = f32x4.add(product, f32x4.mul(slope, f32x4.sub(v128.load(x + at), centre)));
        at += step;
      }
      addWide(slopes + ((<usize>i) << 3), sum);
      addWide(products + ((<usize>i) << 3), product);
    }
  }
  for (let i = lines * line; i < size; i++) {
    const slope = load<f32>(dy + ((<usize>i) << 2));
    const product = slope * (load<f32>(x + ((<usize>i) << 2)) - load<f32>(mean + ((<usize>(i % line)) << 2)));
    const at = (<usize>(i % line)) << 3;
    store<f64>(slopes + at, load<f64>(slopes + at) + <f64>slope);
    store<f64>(products + at, load<f64>(products + at) + <f64>product);
  }
  fold(slopes, line, channels);
  fold(products, line, channels);
}

/**
 * dx = scale · inverse · (dy − Σdy / n − x̂ · Σ(dy · x̂) / n), with x̂ = (x − mean) · inverse; dscale = Σ(dy · x̂), doffset = Σdy.
 * @param scratch 32 bytes for each value of a line
 */
export function batchNormGradient(
  dy: usize,
  x: usize,
  scale: usize,
  mean: usize,
  inverse: usize,
  size: i32,
  channels: i32,
  dx: usize,
  dscale: usize,
  doffset: usize,
  scratch: usize,
): void {
  const line = lineOf(channels);
  const count = <f64>(size / channels);
  const slopes = scratch;
  const products = slopes + ((<usize>line) << 3);
  const centre = products + ((<usize>line) << 3);
  const factor = centre + ((<usize>line) << 2);
  const constant = factor + ((<usize>line) << 2);
  const linear = constant + ((<usize>line) << 2);
  for (let c = 0; c < channels; c++) store<f32>(centre + ((<usize>c) << 2), load<f32>(mean + ((<usize>c) << 2)));
  spread(centre, line, channels);
  slopesAndProducts(dy, x, centre, size, channels, slopes, products);
  for (let c = 0; c < channels; c++) {
    const at = (<usize>c) << 2;
    const inverted = <f64>load<f32>(inverse + at);
    const slope = load<f64>(slopes + ((<usize>c) << 3));
    const product = load<f64>(products + ((<usize>c) << 3)) * inverted;
    const scaled = <f64>load<f32>(scale + at) * inverted;
    store<f32>(dscale + at, <f32>product);
    store<f32>(doffset + at, <f32>slope);
    store<f32>(factor + at, <f32>scaled);
    store<f32>(constant + at, <f32>((scaled * slope) / count));
    store<f32>(linear + at, <f32>((scaled * inverted * product) / count));
  }
  spread(factor, line, channels);
  spread(constant, line, channels);
  spread(linear, line, channels);

  const step: usize = (<usize>line) << 2;
  const lines = size / line;
  for (let l = 0; l < lines; l++) {
    for (let i: usize = 0; i < step; i += 16) {
      const scaled = f32x4.sub(f32x4.mul(v128.load(dy + i), v128.load(factor + i)), v128.load(constant + i));
      const distance = f32x4.sub(v128.load(x + i), v128.load(centre + i));
      v128.store(dx + i, f32x4.sub(scaled, f32x4.mul(v128.load(linear + i), distance)));
    }
    dy += step;
    x += step;
    dx += step;
  }
  const rest = (<usize>(size - lines * line)) << 2;
  for (let i: usize = 0; i < rest; i += 4) {
    const scaled = load<f32>(dy + i) * load<f32>(factor + i) - load<f32>(constant + i);
    store<f32>(dx + i, scaled - load<f32>(linear + i) * (load<f32>(x + i) - load<f32>(centre + i)));
  }
}
