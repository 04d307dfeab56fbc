// Dropout (Srivastava et al. 2014), inverted: what stays is divided by the share that stays, so that inference does nothing.
import { clone, customGrad, floor, mul, reshape, slice, sub, tensor1d, tidy, type GradSaveFunc, type Tensor } from '@tensorflow/tfjs-core';
import { BITS_PER_WORD } from '../noise';
import { sizeOf, type LayerFactory } from './layer';

/** Powers of two that bring each bit of a word to the ones. */
const SHIFTS = Float32Array.from({ length: BITS_PER_WORD }, (_, bit) => 2 ** -bit);

/** 0 or 1 for every element of x, from packed bits [n, words]: only products with powers of two and roundings down, exact on every engine. */
export function unpackBits(words: Tensor, shape: readonly number[]): Tensor {
  return tidy(() => {
    const [n, count] = words.shape;
    const elements = sizeOf(shape.slice(1));
    const shifted = floor(mul(reshape(words, [n, count, 1]), tensor1d(SHIFTS)));
    const bits = reshape(sub(shifted, mul(floor(mul(shifted, 0.5)), 2)), [n, count * BITS_PER_WORD]);
    return reshape(elements < count * BITS_PER_WORD ? slice(bits, [0, 0], [n, elements]) : bits, [...shape]);
  });
}

/** Keeps only the packed bits for its gradient. */
const masked = (x: Tensor, words: Tensor, scale: number): Tensor =>
  customGrad((...args: (Tensor | GradSaveFunc)[]) => {
    const [input, bits] = args as [Tensor, Tensor];
    (args[2] as GradSaveFunc)([bits]);
    const through = (values: Tensor, from: Tensor): Tensor => mul(values, mul(unpackBits(from, input.shape), scale));
    return {
      value: through(input, bits),
      // No gradient goes to the bits; TF.js wants one of their shape all the same.
      gradFunc: (dy: Tensor, saved: Tensor[]) => [through(dy, saved[0]), mul(saved[0], 0)],
    };
  })(x, words);

/** @param rate share of the elements that is dropped, 0 or more and below 1 */
export const dropout =
  ({ rate }: { rate: number }): LayerFactory =>
  ([shape]) => {
    const elements = sizeOf(shape);
    const kept = Math.round((1 - rate) * 0x10000) / 0x10000;
    const layer = {
      className: 'Dropout',
      config: { rate, noise_shape: null, seed: null },
      weights: [],
      saves: 'nothing' as const,
      isCheap: true,
      outputShape: shape,
      noise: { words: Math.ceil(elements / BITS_PER_WORD), probability: kept },
      call([x]: Tensor[], _: Tensor[], context: Parameters<ReturnType<LayerFactory>['call']>[2]): Tensor {
        if (!context.training) return clone(x);
        const words = context.noise?.get(layer);
        if (!words) throw new Error('Dropout in training needs the noise of its samples (noise.ts).');
        return masked(x, words, 1 / kept);
      },
    };
    return layer;
  };
