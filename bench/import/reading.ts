// Random mini-batches: read from a packed version, and decoded from the files it was made of.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePicture } from '#datasets/decode-picture';
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

/** Decoding has all of the library's threads; reading has one. The files are in the system's cache for both. */
export async function reading(version: string, source: string): Promise<Reading> {
  const dataset = await openDataset(version, 0);
  const { manifest } = dataset;
  const random = randomStream(1);
  const seen = { packed: [] as number[], decoded: [] as number[] };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const indices = Array.from({ length: BATCH }, () => Math.floor(manifest.count * random()));
      const packed = (): void => void dataset.read(indices);
      const decoded = async (): Promise<void> => {
        const decodeOne = async (index: number) => decodePicture(await readFile(join(source, manifest.samples[index].file)), manifest);
        await Promise.all(indices.map(decodeOne));
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
