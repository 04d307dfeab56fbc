// The mask of a picture larger than those a model learnt from: seen at their scale in overlapping tiles, a row of tiles in memory at a time.
import type { PictureMetadata } from '#engine/layers-model';
import { tileStarts, TileBlender, type Area } from '#engine/tiling';
import { mostProbable } from '#engine/pixel-classes';
import { FailureError } from '#shared/failure';
import type { GivenPicture } from './given-picture';
import { inputLayout } from './input-picture';
import type { OpenModel } from './open-model';

/** Of a mask, and of the sums that a row of tiles is blended in; a larger picture is seen smaller. */
export const MOST_MASK_PIXELS = 16e6;
export const MOST_SUM_BYTES = 256e6;

export interface Seen extends Area {
  /** Of the size at which what it shows is as large as in training; below 1 where that would be too large. */
  scale: number;
}

/**
 * The size a picture is seen at in tiles; undefined where it is seen whole, as in training: where it is no larger than pictures were that were
 * learnt from, and where nobody knows.
 */
export function seenInTiles({ width, height }: Area, metadata: PictureMetadata): Seen | undefined {
  const { files } = metadata.preprocessing;
  if (metadata.output !== 'pixel probabilities' || !files) return undefined;
  if (width <= files.largest.width && height <= files.largest.height) return undefined;
  const [tileHeight, tileWidth] = metadata.inputShape;
  const scaled = { width: (width * tileWidth) / files.usual.width, height: (height * tileHeight) / files.usual.height };
  if (scaled.width <= tileWidth && scaled.height <= tileHeight) return undefined;
  const pixels = scaled.width * scaled.height;
  const sums = MOST_SUM_BYTES / (4 * metadata.labels.length);
  // Sums are as many rows as a tile has, or as the picture has where those are fewer.
  const scale = Math.min(1, Math.sqrt(MOST_MASK_PIXELS / pixels), Math.max(sums / (tileHeight * scaled.width), Math.sqrt(sums / pixels)));
  const side = (length: number): number => Math.max(1, Math.floor(scale * length));
  return { width: side(scaled.width), height: side(scaled.height), scale };
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
  const area = seen.width * seen.height;
  const sums = 4 * Math.min(tile.height, seen.height) * seen.width * model.metadata.labels.length;
  const letGo = model.hold(area * (tile.channels + 1) + sums);
  try {
    return await blended(model, picture, seen, signal);
  } finally {
    letGo();
  }
}

async function blended(model: OpenModel, picture: GivenPicture, seen: Area, signal: AbortSignal): Promise<TiledMask> {
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
    some.forEach((place, i) => cut(pixels, seen, place, tile, inputs.subarray(i * size * tile.channels)));
    const probabilities = await model.predict(inputs.subarray(0, some.length * size * tile.channels), some.length);
    some.forEach(({ left, top }, i) => blender.add(left, top, probabilities.subarray(i * size * classes, (i + 1) * size * classes)));
  }
  blender.end();
  return { pixels, mask, tiles: places.length };
}

function cut(
  pixels: Uint8Array,
  { width, height }: Area,
  { left, top }: { left: number; top: number },
  tile: { width: number; height: number; channels: number },
  into: Uint8Array,
): void {
  const { channels } = tile;
  for (let y = 0; y < tile.height; y++) {
    const row = width * mirrored(top + y, height);
    for (let x = 0; x < tile.width; x++) {
      const [from, to] = [(row + mirrored(left + x, width)) * channels, (y * tile.width + x) * channels];
      for (let c = 0; c < channels; c++) into[to + c] = pixels[from + c];
    }
  }
}

/** A picture shorter than a tile goes on as in a mirror. */
function mirrored(at: number, length: number): number {
  const place = at % (2 * length);
  return place < length ? place : 2 * length - 1 - place;
}
