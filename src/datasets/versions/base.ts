// A version that another is made from: its samples with their keys, and its bytes taken over without decoding anything again.
import { constants } from 'node:fs';
import { copyFile, link, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PackedPictures, PictureManifest, PictureSample } from '#shared/dataset';
import { picturesBytes } from '#shared/disk-room';
import type { SegmentationManifest } from '#shared/segmentation';
import { contentKey } from '../content-hash';
import { requireVersionRoom } from '../disk-room';
import { MASKS_FILE, sampleBytes, SAMPLES_FILE } from '../version-files';
import type { PackedDataset } from '../packed-dataset';
import type { PackedSamples } from '../packed-samples';
import type { SampleFile } from '../sample-file';
import { throwIfCancelled, type Watch } from '../watch';

const AT_ONCE_BYTES = 4 << 20;

export type KeyedSample = PictureSample & { key: string };
/** Pictures, with masks or without. */
export type Versioned<Manifest extends PictureManifest | SegmentationManifest = PictureManifest | SegmentationManifest> =
  PackedDataset<Manifest>;

/** Those of a version of rule 1 get their keys now, and keep being drawn by their names. */
export async function keyedSamples(dataset: Versioned, { signal }: Watch): Promise<KeyedSample[]> {
  const { samples } = dataset.manifest;
  const keyed: KeyedSample[] = [];
  for (const { rows, one } of inTurn(dataset.samples, sampleBytes(dataset.manifest), allOf(dataset.manifest))) {
    throwIfCancelled(signal);
    rows.forEach((row, i) => {
      const sample = samples[row];
      const key = sample.key ?? contentKey(one(i));
      keyed.push({ ...sample, key, ...(sample.key === undefined && sample.group === undefined ? { drawnBy: sample.file } : {}) });
    });
    await new Promise(setImmediate);
  }
  return keyed;
}

/** Appends these samples of the base, in this order, to files of a version in the order of `filesOf`. */
export async function copyRows(dataset: Versioned, rows: readonly number[], into: readonly SampleFile[], { signal }: Watch): Promise<void> {
  const files = filesOf(dataset);
  const sample = files.reduce((sum, { bytes }) => sum + bytes, 0);
  requireVersionRoom(dirname(into[0].path), picturesBytes(rows.length, sample));
  for (const [i, { from, bytes }] of files.entries()) {
    for (const { read } of inTurn(from, bytes, rows)) {
      throwIfCancelled(signal);
      await into[i].append(read());
    }
  }
}

/** All of the base's bytes, shared with it on the disk where the file system can, copied where it cannot. */
export async function shareBytes(dataset: Versioned, folder: string): Promise<void> {
  for (const { name } of filesOf(dataset)) await shareFile(join(dataset.folder, name), join(folder, name));
}

async function shareFile(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    const file = await open(to, 'r+');
    await file.sync().finally(() => file.close());
  }
}

/** What a version is made of beside its manifest. */
export function filesOf({ manifest, samples, masks }: Versioned): { name: string; from: PackedSamples; bytes: number }[] {
  const pictures = { name: SAMPLES_FILE, from: samples, bytes: sampleBytes(manifest) };
  return masks ? [pictures, { name: MASKS_FILE, from: masks, bytes: manifest.width * manifest.height }] : [pictures];
}

export const allOf = ({ count }: Pick<PackedPictures, 'count'>): number[] => Array.from({ length: count }, (_, i) => i);

/** A few megabytes at a time; what is asked for is read once. */
export function* inTurn(from: PackedSamples, bytes: number, rows: readonly number[]) {
  const atOnce = Math.max(1, Math.floor(AT_ONCE_BYTES / bytes));
  for (let start = 0; start < rows.length; start += atOnce) {
    const some = rows.slice(start, start + atOnce);
    let all: Uint8Array | undefined;
    const read = () => (all ??= from.read(some));
    yield { rows: some, read, one: (i: number) => read().subarray(i * bytes, (i + 1) * bytes) };
  }
}
