// The name of a version's content: the same pictures, labels and places in the split give the same hash on every machine.
import { createHash } from 'node:crypto';
import type { Departed, PackedPictures, PictureSample, SplitName } from '#shared/dataset';

type Hashed = Pick<PackedPictures, 'width' | 'height' | 'channels' | 'labels'>;

const header = ({ width, height, channels, labels }: Hashed): string => `${JSON.stringify({ width, height, channels, labels })}\n`;

const KEY_LENGTH = 32;

/** The name of one sample's bytes (pixels, and mask where it has one): 128 bits of their SHA-256. */
export function contentKey(...parts: Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, KEY_LENGTH);
}

/**
 * Rule 2: over the samples' keys, so that a version made from another one need not read its bytes; and over what a split goes by, so that
 * two versions of one hash split alike. The order of the samples and their names do not count.
 */
export function contentHashOf(content: Hashed & { samples: readonly PictureSample[]; departed?: readonly Departed[] }): string {
  const lines = content.samples.map((sample) => JSON.stringify([sample.label, sample.key, ...placeOf(sample)]));
  const gone = (content.departed ?? []).map((sample) => JSON.stringify(['departed', sample.key, ...placeOf(sample)]));
  const hash = createHash('sha256').update(header(content));
  for (const line of [...lines, ...gone].sort()) hash.update(`${line}\n`);
  return hash.digest('hex');
}

/** `since` orders generations and nothing else hangs on its number, but two that differ in it may split differently. */
const placeOf = ({ split, group, since, stratum, drawnBy }: PictureSample | Departed) => [
  split,
  group ?? null,
  since ?? 1,
  stratum ?? null,
  drawnBy ?? null,
];

const SPLIT_CODES: Record<SplitName, number> = { none: 0, train: 1, validation: 2, test: 3 };

/** Rule 1: over every byte in order. Versions of before rule 2 are still verified by it. */
export class ByteHash {
  readonly #hash = createHash('sha256');
  readonly #prefix = Buffer.alloc(5);

  constructor(hashed: Hashed) {
    this.#hash.update(header(hashed));
  }

  add({ label, split }: { label: number; split: SplitName }, pixels: Uint8Array): void {
    this.#prefix.writeUInt32LE(label, 0);
    this.#prefix.writeUInt8(SPLIT_CODES[split], 4);
    this.#hash.update(this.#prefix).update(pixels);
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}
