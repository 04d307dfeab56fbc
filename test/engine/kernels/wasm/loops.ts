// The gradients of a convolution by their definition, one product after another: the reference where the cpu backend errs.
import { random, type Values } from './backends';

export interface LoopCase {
  batch: number;
  height: number;
  width: number;
  channels: number;
  /** Of an ordinary convolution; of a depthwise one the outputs a channel. */
  filters: number;
  kernel: number;
  dilation: number;
  pad: 'same' | 'valid';
  depthwise: boolean;
}

/** Stride 1. The slope dy is drawn from `seed`. */
export function loopGradients(c: LoopCase, x: Values, filter: Values, seed: number): Record<'x' | 'filter' | 'dy' | 'dx' | 'dw', Values> {
  const reach = (c.kernel - 1) * c.dilation;
  const before = c.pad === 'same' ? Math.floor(reach / 2) : 0;
  const [outHeight, outWidth] = c.pad === 'same' ? [c.height, c.width] : [c.height - reach, c.width - reach];
  const outputs = c.depthwise ? c.channels * c.filters : c.filters;
  const dy = random([c.batch, outHeight, outWidth, outputs], seed);
  const dx: Values = { shape: x.shape, values: x.values.map(() => 0) };
  const dw: Values = { shape: filter.shape, values: filter.values.map(() => 0) };
  const visit = (n: number, oy: number, ox: number, ky: number, kx: number): void => {
    const [iy, ix] = [oy + ky * c.dilation - before, ox + kx * c.dilation - before];
    if (iy < 0 || iy >= c.height || ix < 0 || ix >= c.width) return;
    for (let channel = 0; channel < c.channels; channel++) {
      for (let f = 0; f < c.filters; f++) {
        const at = ((n * c.height + iy) * c.width + ix) * c.channels + channel;
        const weight = ((ky * c.kernel + kx) * c.channels + channel) * c.filters + f;
        const slope = dy.values[((n * outHeight + oy) * outWidth + ox) * outputs + (c.depthwise ? channel * c.filters + f : f)];
        dx.values[at] += slope * filter.values[weight];
        dw.values[weight] += slope * x.values[at];
      }
    }
  };
  for (let n = 0; n < c.batch; n++)
    for (let oy = 0; oy < outHeight; oy++)
      for (let ox = 0; ox < outWidth; ox++)
        for (let ky = 0; ky < c.kernel; ky++) for (let kx = 0; kx < c.kernel; kx++) visit(n, oy, ox, ky, kx);
  return { x, filter, dy, dx, dw };
}
