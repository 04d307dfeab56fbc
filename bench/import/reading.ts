// Random mini-batches: read from a packed version, and decoded from the files it was made of.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePicture } from '#datasets/decode-picture';
import { sampleBytes } from '#datasets/version-files';
import { openDataset } from '#datasets/packed-dataset';
import { randomStream } from '#engine/random';
import { ratios, spread, type Spread } from '../statistics';

const BATCH = 32;
const ROUNDS = 41;

export interface Reading {
  /** Milliseconds of a mini-batch, median. */
  packed: number;
  decoded: number;
  ratio: Spread;
}

/** One picture after the other on both sides, into memory that is there; files and version are in the system's cache. */
export async function reading(version: string, source: string): Promise<Reading> {
  const dataset = await openDataset(version, 0);
  const { manifest } = dataset;
  const random = randomStream(1);
  const pixels = new Uint8Array(BATCH * sampleBytes(manifest));
  const seen = { packed: [] as number[], decoded: [] as number[] };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const indices = Array.from({ length: BATCH }, () => Math.floor(manifest.count * random()));
      const packed = (): void => void dataset.read(indices, pixels);
      const decoded = async (): Promise<void> => {
        const size = pixels.length / BATCH;
        for (const [k, index] of indices.entries()) {
          const bytes = await readFile(join(source, manifest.samples[index].file));
          pixels.set(await decodePicture(bytes, manifest), k * size);
        }
      };
      for (const side of round % 2 === 0 ? (['packed', 'decoded'] as const) : (['decoded', 'packed'] as const)) {
        const begin = performance.now();
        await (side === 'packed' ? packed() : decoded());
        seen[side].push(performance.now() - begin);
      }
    }
  } finally {
    dataset.close();
  }
  return { packed: spread(seen.packed).median, decoded: spread(seen.decoded).median, ratio: spread(ratios(seen.decoded, seen.packed)) };
}
