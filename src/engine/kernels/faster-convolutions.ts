// Where our ops for convolutions are faster than oneDNN's, as measured for the catalogue's nets with AVX2 and AVX-512 (bench/NOTES.md,
// 2026-11-25 and 2026-11-29), or the only right ones.
import type { backend_util } from '@tensorflow/tfjs-core';

export type ConvolutionSizes = Pick<
  backend_util.Conv2DInfo,
  | 'batchSize'
  | 'inHeight'
  | 'inWidth'
  | 'inChannels'
  | 'outHeight'
  | 'outWidth'
  | 'outChannels'
  | 'filterHeight'
  | 'filterWidth'
  | 'strideHeight'
  | 'strideWidth'
>;

/** @param tile columns of the result that our ops compute at a time */
export type Rule = (sizes: ConvolutionSizes, tile: number) => boolean;

/** Multiply-adds below which oneDNN takes longer to get ready than our ops to compute. */
const LITTLE_WORK = 2 ** 20;
/** Our ops list each point, of filter gradients each that a place of the filter reaches: of so many the list is as large as a picture. */
const MOST_POINTS = 2 ** 20;
const MOST_PAIRS = 2 ** 18;
/** Of the columns that are computed, zeros for those that are missing among them. */
const ENOUGH_COLUMNS = 0.8;
/** Products to a sum; with fewer, writing the sums takes as long as making them. */
const LONG_SUM = 27;

const placesOf = ({ filterHeight, filterWidth }: ConvolutionSizes): number => filterHeight * filterWidth;
const outPointsOf = ({ outHeight, outWidth }: ConvolutionSizes): number => outHeight * outWidth;
const fills = (columns: number, tile: number): boolean => columns >= ENOUGH_COLUMNS * Math.ceil(columns / tile) * tile;
const isLittle = (sizes: ConvolutionSizes): boolean =>
  sizes.batchSize * outPointsOf(sizes) * placesOf(sizes) * sizes.inChannels * sizes.outChannels <= LITTLE_WORK;

export const isFasterConvolution: Rule = (sizes, tile) =>
  sizes.batchSize * outPointsOf(sizes) <= MOST_POINTS &&
  (isLittle(sizes) || (fills(sizes.outChannels, tile) && placesOf(sizes) * sizes.inChannels >= LONG_SUM));

export const isFasterInputGradient: Rule = (sizes, tile) =>
  sizes.batchSize * sizes.inHeight * sizes.inWidth <= MOST_POINTS &&
  (isLittle(sizes) || (fills(sizes.inChannels, tile) && placesOf(sizes) * sizes.outChannels >= LONG_SUM));

export const isFasterFilterGradient: Rule = (sizes, tile) => {
  const { inChannels, strideHeight, strideWidth } = sizes;
  const places = placesOf(sizes);
  // oneDNN's AVX2 kernel for strided 1 × 1 filters of few channels is wrong by half with two threads, and crashes with one.
  if (places === 1 && inChannels < 8 && strideHeight * strideWidth > 1) return true;
  if (places * outPointsOf(sizes) > MOST_PAIRS) return false;
  if (isLittle(sizes)) return true;
  return fills(sizes.outChannels, tile) && (places > 1 ? inChannels >= 16 : inChannels >= 64 && outPointsOf(sizes) <= 144);
};
