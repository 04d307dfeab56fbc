// An imported version, opened: its manifest, and its samples by index.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PictureManifest } from '#shared/dataset';
import type { SegmentationManifest } from '#shared/segmentation';
import { packedPictures, picturesOnly, readManifest } from './manifest';
import { invalid, MASKS_FILE, sampleBytes, SAMPLES_FILE } from './version-files';
import { PackedSamples } from './packed-samples';

/** Below this the samples are held in memory: a mini-batch is then a copy. */
export const IN_MEMORY_BYTES = 256e6;

export class PackedDataset<Manifest extends PictureManifest | SegmentationManifest = PictureManifest> {
  /** The samples and masks are this object's to close. */
  constructor(
    readonly folder: string,
    readonly manifest: Manifest,
    readonly samples: PackedSamples,
    /** height × width each: classes of the pixels; present where the manifest is of such data. */
    readonly masks?: PackedSamples,
  ) {}

  /** uint8 n × height × width × channels in the order asked for; `into` may be a longer buffer, its start is returned. */
  read(indices: Int32Array | readonly number[], into?: Uint8Array): Uint8Array {
    return this.samples.read(indices, into);
  }

  close(): void {
    this.samples.close();
    this.masks?.close();
  }
}

/** Manifest and size are verified; `verifyDataset` compares every byte. @throws FailureError dataset-missing, dataset-invalid */
export async function openDataset(folder: string, inMemoryBytes = IN_MEMORY_BYTES): Promise<PackedDataset> {
  return open(folder, picturesOnly(folder, await readManifest(folder)), inMemoryBytes);
}

/** Of pictures, with masks or without. @throws FailureError dataset-missing, dataset-invalid */
export async function openPacked(
  folder: string,
  inMemoryBytes = IN_MEMORY_BYTES,
): Promise<PackedDataset<PictureManifest | SegmentationManifest>> {
  return open(folder, packedPictures(folder, await readManifest(folder)), inMemoryBytes);
}

async function open<Manifest extends PictureManifest | SegmentationManifest>(
  folder: string,
  manifest: Manifest,
  inMemoryBytes: number,
): Promise<PackedDataset<Manifest>> {
  const opened = async (file: string, bytes: number) => {
    await proveSize(folder, file, manifest.count * bytes);
    return new PackedSamples({ folder, file, count: manifest.count, sampleBytes: bytes }, inMemoryBytes);
  };
  const samples = await opened(SAMPLES_FILE, sampleBytes(manifest));
  try {
    const masks = manifest.kind === 'segmentation' ? await opened(MASKS_FILE, manifest.width * manifest.height) : undefined;
    return new PackedDataset(folder, manifest, samples, masks);
  } catch (error) {
    samples.close();
    throw error;
  }
}

async function proveSize(folder: string, file: string, expected: number): Promise<void> {
  const found = await stat(join(folder, file)).then(
    ({ size }) => size,
    () => undefined,
  );
  if (found === undefined) throw invalid(folder, `its ${file} is missing. Import the pictures again.`);
  if (found !== expected) throw invalid(folder, `its ${file} has ${found} bytes instead of ${expected}. Import the pictures again.`);
}
