// Attention of several heads between tokens: its input is their queries, keys and values beside each other (one dense layer makes all three).
import type { Tensor3D } from '@tensorflow/tfjs-core';
import { attention as attend } from '../kernels/attention';
import type { LayerFactory, StockLayer } from './layer';

export const attention =
  ({ heads }: { heads: number }): LayerFactory =>
  ([[tokens, width]]) => ({
    className: 'Attention',
    config: { heads },
    weights: [],
    outputShape: [tokens, width / 3],
    stock: stockLayers(tokens, width, heads),
    call: ([x]) => attend(x as Tensor3D, heads),
  });

/** Head after head: cut out, who looks at whom, what is seen; then beside each other. */
function stockLayers(tokens: number, width: number, heads: number): StockLayer[] {
  const size = width / (3 * heads);
  const layers: StockLayer[] = [];
  const add = (className: string, config: Record<string, unknown>, ...inputs: number[]): number =>
    layers.push({ className, config, inputs }) - 1;
  const picture = add('Reshape', { target_shape: [tokens, width, 1] }, -1);
  const part = (kind: number, head: number): number => {
    const from = (kind * heads + head) * size;
    const cropping = [
      [0, 0],
      [from, width - from - size],
    ];
    return add('Reshape', { target_shape: [tokens, size] }, add('Cropping2D', { cropping, data_format: 'channels_last' }, picture));
  };
  const seen = Array.from({ length: heads }, (_, head) => {
    const products = add('Dot', { axes: [2, 2], normalize: false }, part(0, head), part(1, head));
    const weights = add('Softmax', { axis: -1 }, add('Rescaling', { scale: 1 / Math.sqrt(size), offset: 0 }, products));
    return add('Dot', { axes: [2, 1], normalize: false }, weights, part(2, head));
  });
  if (heads > 1) add('Concatenate', { axis: -1 }, ...seen);
  return layers;
}
