// A version as a page shows it: what every sample is, and pictures by index, read by range and made as small as they are drawn.
import { SIDES, type SampleTiles, type SplitSettings, type TileRequest, type VersionView } from '#shared/dataset-view';
import { packMask } from './masks/pack-mask';
import { openPacked } from './packed-dataset';
import { splitIndices } from './split';

/** Keeps the version looked at last open, so that scrolling reads nothing but its pictures. */
type Opened = Awaited<ReturnType<typeof openPacked>>;

export class Viewer {
  #open: Opened | undefined;

  /** @throws FailureError dataset-missing, dataset-invalid */
  async view(folder: string, settings: SplitSettings): Promise<VersionView> {
    const { manifest } = await this.#at(folder, true);
    const { labels, width, height, channels, samples, sizes, leftOut } = manifest;
    const { train, validation, ownSplit } = splitIndices(manifest, settings);
    const sides = new Uint8Array(samples.length).fill(SIDES.indexOf('test'));
    for (const index of train) sides[index] = SIDES.indexOf('train');
    for (const index of validation) sides[index] = SIDES.indexOf('validation');
    const sampleLabels = Int32Array.from(samples, ({ label }) => label);
    const groups = new Set(samples.map(({ group }) => group).filter((group) => group !== undefined)).size;
    const view = { labels, width, height, channels, sampleLabels, sides, ownSplit, groups, sizes, leftOut };
    return manifest.kind === 'segmentation' ? { ...view, maskClasses: manifest.classes } : view;
  }

  /** @throws FailureError dataset-missing, dataset-invalid; RangeError for an index that is not there */
  async tiles(folder: string, { indices, side }: TileRequest): Promise<SampleTiles> {
    const dataset = await this.#at(folder);
    const { width, height, channels, samples } = dataset.manifest;
    const scale = Math.min(1, side / Math.max(width, height));
    const tile = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)), channels };
    const size = tile.width * tile.height * channels;
    const pixels = new Uint8Array(indices.length * size);
    const full = dataset.read(indices);
    const fullSize = width * height * channels;
    indices.forEach((_, i) => {
      const from = full.subarray(i * fullSize, (i + 1) * fullSize);
      if (scale === 1) pixels.set(from, i * size);
      else shrink(from, { width, height }, pixels.subarray(i * size, (i + 1) * size), tile);
    });
    const masks = dataset.masks && smallMasks(dataset.masks.read(indices), dataset.manifest, tile);
    return { ...tile, pixels, ...(masks && { masks }), files: indices.map((index) => samples[index].file) };
  }

  close(): void {
    this.#open?.close();
    this.#open = undefined;
  }

  /** Opened anew for a page that opens: its folder may be another version since. */
  async #at(folder: string, anew = false): Promise<Opened> {
    if (!anew && this.#open?.folder === folder) return this.#open;
    this.close();
    this.#open = await openPacked(folder, 0);
    return this.#open;
  }
}

/** Each of the smaller pixels has the class of the one in its middle. */
function smallMasks(full: Uint8Array, { width, height }: { width: number; height: number }, tile: { width: number; height: number }) {
  const [area, size] = [width * height, tile.width * tile.height];
  if (area === size) return full;
  const masks = new Uint8Array((full.length / area) * size);
  for (let i = 0; i * area < full.length; i++) {
    const codes = full.subarray(i * area, (i + 1) * area);
    masks.set(
      packMask({ width, height, coding: 'index', codes }, (index) => index, tile),
      i * size,
    );
  }
  return masks;
}

/** The mean of the pixels that fall into each smaller one. */
export function shrink(
  from: Uint8Array,
  { width, height }: { width: number; height: number },
  to: Uint8Array,
  tile: { width: number; height: number; channels: number },
): void {
  const { channels } = tile;
  for (let y = 0; y < tile.height; y++) {
    const [top, bottom] = span(y, tile.height, height);
    for (let x = 0; x < tile.width; x++) {
      const [left, right] = span(x, tile.width, width);
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let v = top; v < bottom; v++) for (let u = left; u < right; u++) sum += from[(v * width + u) * channels + c];
        to[(y * tile.width + x) * channels + c] = Math.round(sum / ((bottom - top) * (right - left)));
      }
    }
  }
}

function span(place: number, small: number, large: number): [number, number] {
  const start = Math.floor((place * large) / small);
  return [start, Math.max(start + 1, Math.floor(((place + 1) * large) / small))];
}
