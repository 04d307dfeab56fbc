// Vectors learnt for the values of categories, in place of the numbers that say which value it is; what else a row has stays as it is. A row of
// zeros with a single 1 times a matrix picks one of the matrix's rows: an embedding, whose gradient is a product like any other.
import { concat, slice, type Tensor2D } from '@tensorflow/tfjs-core';
import type { EmbeddedBlock } from '#shared/embedding';
import { matMul2d } from '../kernels/linear';
import type { LayerFactory, StockLayer, WeightSpec } from './layer';

/** A stretch of the row. */
export interface RowPart {
  from: number;
  size: number;
  /** Absent: it stays as it is. */
  dimensions?: number;
}

/** @param blocks in the order of the row; they do not overlap */
export const categoryEmbedding =
  (blocks: readonly EmbeddedBlock[]): LayerFactory =>
  ([[width]]) => {
    const parts = partsOf(blocks, width);
    const widths = parts.map(({ size, dimensions = size }) => dimensions);
    return {
      className: 'CategoryEmbedding',
      config: { parts },
      weights: blocks.map(({ size, dimensions }, i): WeightSpec => {
        const initializer = { kind: 'glorot-uniform', fanIn: size, fanOut: dimensions } as const;
        return { name: `embeddings_${i}`, shape: [size, dimensions], initializer, trainable: true, decays: true };
      }),
      outputShape: [widths.reduce((sum, one) => sum + one, 0)],
      stock: stockOf(parts, width),
      call([x], weights) {
        let next = 0;
        const outputs = parts.map(({ from, size, dimensions }) => {
          const own = slice(x as Tensor2D, [0, from], [x.shape[0], size]);
          return dimensions === undefined ? own : matMul2d(own, weights[next++] as Tensor2D);
        });
        return concat(outputs, 1);
      },
    };
  };

/** @throws RangeError where a block does not lie in the row behind the one before it */
function partsOf(blocks: readonly EmbeddedBlock[], width: number): RowPart[] {
  const parts: RowPart[] = [];
  let at = 0;
  for (const block of blocks) {
    if (block.from < at || block.from + block.size > width) throw new RangeError(`A row of ${width} numbers has no such categories.`);
    if (block.from > at) parts.push({ from: at, size: block.from - at });
    parts.push(block);
    at = block.from + block.size;
  }
  return at < width ? [...parts, { from: at, size: width - at }] : parts;
}

/** Cut out as a stretch of a picture one pixel wide, then a dense layer without bias. */
function stockOf(parts: readonly RowPart[], width: number): StockLayer[] {
  const stock: StockLayer[] = [{ className: 'Reshape', config: { target_shape: [width, 1, 1] }, inputs: [-1] }];
  const ends = parts.map(({ from, size, dimensions }) => {
    const cropping = [
      [from, width - from - size],
      [0, 0],
    ];
    stock.push({ className: 'Cropping2D', config: { cropping, data_format: 'channels_last' }, inputs: [0] });
    stock.push({ className: 'Reshape', config: { target_shape: [size] }, inputs: [stock.length - 1] });
    if (dimensions !== undefined)
      stock.push({
        className: 'Dense',
        config: { units: dimensions, activation: 'linear', use_bias: false },
        inputs: [stock.length - 1],
        weights: [{ name: 'kernel', shape: [size, dimensions] }],
      });
    return stock.length - 1;
  });
  return ends.length === 1 ? stock : [...stock, { className: 'Concatenate', config: { axis: -1 }, inputs: ends }];
}
