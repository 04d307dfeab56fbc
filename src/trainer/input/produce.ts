// Makes the pictures that are learnt from, with their masks: stored samples read, varied, mixed, brought to the input's size. The same bytes wherever and
// in whatever order it runs: the training process and reading threads call the same function.
import type { PackedSamples } from '#datasets/packed-samples';
import { drawVariation, type PictureSize } from '#engine/augment/draw';
import { moveMask } from '#engine/augment/move-mask';
import { mixInto } from '#engine/augment/mixup';
import { unvaried, vary, type Variation } from '#engine/augment/vary';
import type { Augment } from '#shared/augment';

/** What holds for the whole run. */
export interface Recipe {
  seed: number;
  augment: Augment;
  /** As packed, and as the network takes it. */
  stored: PictureSize;
  input: PictureSize;
  /** Each picture comes with its mask, one byte a pixel behind it. */
  masked?: boolean;
}

/** Where samples are read from. */
export interface Stored {
  samples: PackedSamples;
  masks?: PackedSamples;
}

/** Samples that lie side by side in one list. */
export interface Order {
  /** Of their mini-batch; absent: as they are. */
  step?: number;
  /** Place of the first in the list. */
  start: number;
  indices: Int32Array;
  mix?: {
    /** Of each sample's partner: its index, its place in the list, and the share of the sample itself. */
    indices: Int32Array;
    places: Int32Array;
    shares: Float32Array;
  };
}

export const pictureBytes = ({ width, height, channels }: PictureSize): number => width * height * channels;

export const maskBytes = ({ width, height }: PictureSize): number => width * height;

/** Of one sample, with its mask where it has one. */
export const sampleBytes = (size: PictureSize, { masked }: Pick<Recipe, 'masked'>): number =>
  pictureBytes(size) + (masked ? maskBytes(size) : 0);

/** n samples at the input's size, NHWC, into the start of `into`. */
export function produce({ samples, masks }: Stored, recipe: Recipe, order: Order, into: Uint8Array): void {
  const { seed, augment, stored, input } = recipe;
  const { step, start, indices, mix } = order;
  const isStoredSize = stored.width === input.width && stored.height === input.height;
  if (isStoredSize && step === undefined && !masks) {
    samples.read(indices, into);
    return;
  }
  const [from, to, whole] = [pictureBytes(stored), pictureBytes(input), sampleBytes(input, recipe)];
  const still = unvaried(stored);
  const variationAt = (place: number): Variation => (step === undefined ? still : drawVariation(augment, { seed, step, place }, stored));
  const raw = samples.read(indices);
  const area = maskBytes(stored);
  const rawMasks = masks?.read(indices);
  for (let i = 0; i < indices.length; i++) {
    const target = into.subarray(i * whole, (i + 1) * whole);
    const variation = variationAt(start + i);
    vary(raw.subarray(i * from, (i + 1) * from), stored, variation, input, target.subarray(0, to));
    if (rawMasks) moveMask(rawMasks.subarray(i * area, (i + 1) * area), stored, variation, input, target.subarray(to));
  }
  if (!mix) return;
  const partner = new Uint8Array(to);
  samples.read(mix.indices, raw);
  for (let i = 0; i < indices.length; i++) {
    vary(raw.subarray(i * from, (i + 1) * from), stored, variationAt(mix.places[i]), input, partner);
    mixInto(into.subarray(i * whole, i * whole + to), partner, mix.shares[i]);
  }
}
