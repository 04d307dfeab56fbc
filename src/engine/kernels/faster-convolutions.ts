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

/** Of AVX2: with narrower registers oneDNN takes half as long. */
const SMALLEST_TILE = 16;
/** Channels that a filter gradient's tile has. */
const TILE_CHANNELS = 8;
/** Multiply-adds, those with zeros too, below which oneDNN takes longer to get ready than our ops to compute; and points, each of which costs. */
const LITTLE_WORK = 2 ** 22;
const FEW_POINTS = 2 ** 13;
/** Our ops list each point with 8 bytes, of filter gradients each that a place of the filter reaches. */
const MOST_POINTS = 2 ** 20;
const MOST_PAIRS = 2 ** 18;
/** Which points reach which places is a list as well: of 16 × 16 places, and not of filters as large as pictures. */
const MOST_PLACES = 2 ** 8;
/** Of the columns that are computed, zeros for those that are missing among them. */
const ENOUGH_COLUMNS = 0.8;
/** Products to a sum; with fewer, writing the sums takes as long as making them. */
const LONG_SUM = 27;

const placesOf = ({ filterHeight, filterWidth }: ConvolutionSizes): number => filterHeight * filterWidth;
const upTo = (multiple: number, count: number): number => Math.ceil(count / multiple) * multiple;
const fills = (columns: number, tile: number): boolean => columns >= ENOUGH_COLUMNS * upTo(tile, columns);
const canBeOurs = (sizes: ConvolutionSizes, tile: number): boolean => tile >= SMALLEST_TILE && placesOf(sizes) <= MOST_PLACES;

/** A product of so many sums of so many products each. */
function isFasterProduct(points: number, sum: number, columns: number, tile: number, hasManyPictures: boolean): boolean {
  if (points > MOST_POINTS) return false;
  if (points <= FEW_POINTS && points * sum * upTo(tile, columns) <= LITTLE_WORK) return true;
  return hasManyPictures && fills(columns, tile) && sum >= LONG_SUM;
}

export const isFasterConvolution: Rule = (sizes, tile) => {
  const { batchSize, outHeight, outWidth, inChannels, outChannels } = sizes;
  // Points of one picture alone make too few whole tiles.
  return (
    canBeOurs(sizes, tile) &&
    isFasterProduct(batchSize * outHeight * outWidth, placesOf(sizes) * inChannels, outChannels, tile, batchSize > 1)
  );
};

export const isFasterInputGradient: Rule = (sizes, tile) => {
  const { batchSize, inHeight, inWidth, inChannels, outChannels } = sizes;
  return canBeOurs(sizes, tile) && isFasterProduct(batchSize * inHeight * inWidth, placesOf(sizes) * outChannels, inChannels, tile, true);
};

export const isFasterFilterGradient: Rule = (sizes, tile) => {
  const { batchSize, inChannels, outChannels, outHeight, outWidth, strideHeight, strideWidth } = sizes;
  const places = placesOf(sizes);
  const points = outHeight * outWidth;
  // oneDNN's AVX2 kernel for strided 1 × 1 filters of few channels is wrong by half with two threads, and crashes with one.
  if (places === 1 && inChannels < 8 && strideHeight * strideWidth > 1) return true;
  if (!canBeOurs(sizes, tile) || places * points > MOST_PAIRS) return false;
  const computed = batchSize * points * places * upTo(TILE_CHANNELS, inChannels) * upTo(tile, outChannels);
  if (batchSize * points <= FEW_POINTS && computed <= LITTLE_WORK) return true;
  return fills(outChannels, tile) && (places > 1 ? inChannels >= 16 : inChannels >= 64 && points <= 144);
};

/** What oneDNN computes as convolutions of 16 × 16 channels, one for each that there is (native/ops/depthwise_gradient_op.cc). */
export const isFasterDepthwiseGradient: Rule = ({ filterHeight, filterWidth, inHeight, inWidth, inChannels, outChannels }) =>
  inChannels === outChannels && (Math.max(filterHeight, filterWidth) > 3 || filterHeight > inHeight || filterWidth > inWidth);
