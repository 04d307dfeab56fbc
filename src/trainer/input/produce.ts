// Makes the pictures that are learnt from: stored samples read, varied, mixed, brought to the input's size. The same bytes wherever and
// in whatever order it runs: the training process and reading threads call the same function.
import type { PackedSamples } from '#datasets/packed-samples';
import { drawVariation, type PictureSize } from '#engine/augment/draw';
import { mixInto } from '#engine/augment/mixup';
import { vary } from '#engine/augment/vary';
import type { Augment } from '#shared/augment';

/** What holds for the whole run. */
export interface Recipe {
  seed: number;
  augment: Augment;
  /** As packed, and as the network takes it. */
  stored: PictureSize;
  input: PictureSize;
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

/** Bytes of n pictures at the input's size, NHWC, into the start of `into`. */
export function produce(samples: PackedSamples, { seed, augment, stored, input }: Recipe, order: Order, into: Uint8Array): void {
  const { step, start, indices, mix } = order;
  const isStoredSize = stored.width === input.width && stored.height === input.height;
  if (isStoredSize && step === undefined) {
    samples.read(indices, into);
    return;
  }
  const [from, to] = [pictureBytes(stored), pictureBytes(input)];
  const make = (raw: Uint8Array, place: number, target: Uint8Array): void => {
    const whole = { part: { left: 0, top: 0, width: stored.width, height: stored.height } };
    vary(raw, stored, step === undefined ? whole : drawVariation(augment, { seed, step, place }, stored), input, target);
  };
  const raw = samples.read(indices);
  for (let i = 0; i < indices.length; i++) {
    make(raw.subarray(i * from, (i + 1) * from), start + i, into.subarray(i * to, (i + 1) * to));
  }
  if (!mix) return;
  const partner = new Uint8Array(to);
  samples.read(mix.indices, raw);
  for (let i = 0; i < indices.length; i++) {
    make(raw.subarray(i * from, (i + 1) * from), mix.places[i], partner);
    mixInto(into.subarray(i * to, (i + 1) * to), partner, mix.shares[i]);
  }
}
