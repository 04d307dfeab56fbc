// An imported version, opened: its manifest, and its samples by index.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PictureManifest } from '#shared/dataset';
import { invalid, picturesOnly, readManifest, sampleBytes, SAMPLES_FILE } from './manifest';
import { PackedSamples } from './packed-samples';

/** Below this the samples are held in memory: a mini-batch is then a copy. */
export const IN_MEMORY_BYTES = 256e6;

export class PackedDataset {
  /** The samples are this object's to close. */
  constructor(
    readonly folder: string,
    readonly manifest: PictureManifest,
    readonly samples: PackedSamples,
  ) {}

  /** uint8 n × height × width × channels in the order asked for; `into` may be a longer buffer, its start is returned. */
  read(indices: Int32Array | readonly number[], into?: Uint8Array): Uint8Array {
    return this.samples.read(indices, into);
  }

  close(): void {
    this.samples.close();
  }
}

/** Manifest and size are verified; `verifyDataset` compares every byte. @throws FailureError dataset-missing, dataset-invalid */
export async function openDataset(folder: string, inMemoryBytes = IN_MEMORY_BYTES): Promise<PackedDataset> {
  const manifest = picturesOnly(folder, await readManifest(folder));
  const place = { folder, count: manifest.count, sampleBytes: sampleBytes(manifest) };
  const expected = place.count * place.sampleBytes;
  const found = await stat(join(folder, SAMPLES_FILE)).then(
    ({ size }) => size,
    () => undefined,
  );
  if (found === undefined) throw invalid(folder, 'its samples.bin is missing. Import the pictures again.');
  if (found !== expected) throw invalid(folder, `its samples.bin has ${found} bytes instead of ${expected}. Import the pictures again.`);
  return new PackedDataset(folder, manifest, new PackedSamples(place, inMemoryBytes));
}
