// The name of a version's content: the same pictures, labels and split give the same hash on every machine.
import { createHash } from 'node:crypto';
import type { DatasetManifest, SplitName } from '#shared/dataset';

const SPLIT_CODES: Record<SplitName, number> = { none: 0, train: 1, validation: 2, test: 3 };

export class ContentHash {
  readonly #hash = createHash('sha256');
  readonly #prefix = Buffer.alloc(5);

  constructor({ width, height, channels, labels }: Pick<DatasetManifest, 'width' | 'height' | 'channels' | 'labels'>) {
    this.#hash.update(`${JSON.stringify({ width, height, channels, labels })}\n`);
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
