// The mask of a picture larger than those a model learnt from: seen at their scale in overlapping tiles, a row of tiles in memory at a time.
import type { PictureMetadata } from '#engine/layers-model';
import { tileStarts, TileBlender, type Area } from '#engine/tiling';
import { mostProbable } from '#engine/pixel-classes';
import { FailureError } from '#shared/failure';
import type { GivenPicture } from './given-picture';
import { inputLayout } from './input-picture';
import type { OpenModel } from './open-model';

/** Pixels of a mask; a larger picture is seen smaller. */
export const MOST_MASK_PIXELS = 16e6;

/**
 * The size a picture is seen at in tiles, at which what it shows is as large as in training; undefined where it is seen whole, as in training:
 * where it is no larger than pictures were that were learnt from, and where nobody knows.
 */
export function seenInTiles({ width, height }: Area, { output, inputShape, preprocessing }: PictureMetadata): Area | undefined {
  const { files } = preprocessing;
  if (output !== 'pixel probabilities' || !files) return undefined;
  if (width <= files.largest.width && height <= files.largest.height) return undefined;
  const [tileHeight, tileWidth] = inputShape;
  const scaled = { width: (width * tileWidth) / files.usual.width, height: (height * tileHeight) / files.usual.height };
  if (scaled.width <= tileWidth && scaled.height <= tileHeight) return undefined;
  const shrink = Math.min(1, Math.sqrt(MOST_MASK_PIXELS / (scaled.width * scaled.height)));
  // No side is shorter than a tile.
  return {
    width: Math.max(tileWidth, Math.floor(shrink * scaled.width)),
    height: Math.max(tileHeight, Math.floor(shrink * scaled.height)),
  };
}

export interface TiledMask {
  /** uint8 height × width × channels. */
  pixels: Uint8Array;
  /** Classes, height × width. */
  mask: Uint8Array;
  tiles: number;
}

/** @throws FailureError bad-setting, out-of-memory, cancelled */
export async function maskInTiles(model: OpenModel, picture: GivenPicture, seen: Area, signal: AbortSignal): Promise<TiledMask> {
  const tile = inputLayout(model.metadata);
  const pixels = await picture.decode({ ...seen, channels: tile.channels });
  const classes = model.metadata.labels.length;
  const mask = new Uint8Array(seen.width * seen.height);
  const blender = new TileBlender(seen, tile, classes, (row, sums) =>
    mostProbable(sums, classes, mask.subarray(row * seen.width, (row + 1) * seen.width)),
  );
  const places = tileStarts(seen.height, tile.height).flatMap((top) => tileStarts(seen.width, tile.width).map((left) => ({ left, top })));
  const size = tile.width * tile.height;
  const inputs = new Uint8Array(model.atOnce * size * tile.channels);
  for (let start = 0; start < places.length; start += model.atOnce) {
    if (signal.aborted) throw new FailureError({ kind: 'cancelled' });
    const some = places.slice(start, start + model.atOnce);
    some.forEach((place, i) => cut(pixels, seen.width, place, tile, inputs.subarray(i * size * tile.channels)));
    const probabilities = await model.predict(inputs.subarray(0, some.length * size * tile.channels), some.length);
    some.forEach(({ left, top }, i) => blender.add(left, top, probabilities.subarray(i * size * classes, (i + 1) * size * classes)));
  }
  blender.end();
  return { pixels, mask, tiles: places.length };
}

function cut(
  pixels: Uint8Array,
  width: number,
  { left, top }: { left: number; top: number },
  tile: { width: number; height: number; channels: number },
  into: Uint8Array,
): void {
  const length = tile.width * tile.channels;
  for (let y = 0; y < tile.height; y++) {
    const from = ((top + y) * width + left) * tile.channels;
    into.set(pixels.subarray(from, from + length), y * length);
  }
}
