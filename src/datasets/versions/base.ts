// A version that another is made from: its samples with their keys, and its bytes taken over without decoding anything again.
import { constants } from 'node:fs';
import { copyFile, link, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { PictureManifest, PictureSample } from '#shared/dataset';
import { contentKey } from '../content-hash';
import { sampleBytes, SAMPLES_FILE } from '../version-files';
import type { PackedDataset } from '../packed-dataset';
import type { SampleFile } from '../sample-file';
import { throwIfCancelled, type Watch } from '../watch';

const AT_ONCE_BYTES = 4 << 20;

export type KeyedSample = PictureSample & { key: string };

/** Those of a version of rule 1 get their keys now, and keep being drawn by their names. */
export async function keyedSamples(dataset: PackedDataset, { signal }: Watch): Promise<KeyedSample[]> {
  const { samples } = dataset.manifest;
  const keyed: KeyedSample[] = [];
  for (const { start, pixels, size, count } of inTurn(dataset, allOf(dataset.manifest))) {
    throwIfCancelled(signal);
    for (let i = 0; i < count; i++) {
      const sample = samples[start + i];
      const key = sample.key ?? contentKey(pixels().subarray(i * size, (i + 1) * size));
      keyed.push({ ...sample, key, ...(sample.key === undefined && sample.group === undefined ? { drawnBy: sample.file } : {}) });
    }
    await new Promise(setImmediate);
  }
  return keyed;
}

/** Appends these samples of the base, in this order. */
export async function copyRows(dataset: PackedDataset, rows: readonly number[], into: SampleFile, { signal }: Watch): Promise<void> {
  for (const { pixels } of inTurn(dataset, rows)) {
    throwIfCancelled(signal);
    await into.append(pixels());
  }
}

/** All of the base's bytes, shared with it on the disk where the file system can, copied where it cannot. */
export async function shareBytes(dataset: PackedDataset, folder: string): Promise<void> {
  const [from, to] = [join(dataset.folder, SAMPLES_FILE), join(folder, SAMPLES_FILE)];
  try {
    await link(from, to);
  } catch {
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    const file = await open(to, 'r+');
    await file.sync().finally(() => file.close());
  }
}

export const allOf = ({ count }: Pick<PictureManifest, 'count'>): number[] => Array.from({ length: count }, (_, i) => i);

/** A few megabytes at a time; `pixels` is read when it is asked for. */
function* inTurn(dataset: PackedDataset, rows: readonly number[]) {
  const size = sampleBytes(dataset.manifest);
  const atOnce = Math.max(1, Math.floor(AT_ONCE_BYTES / size));
  for (let start = 0; start < rows.length; start += atOnce) {
    const some = rows.slice(start, start + atOnce);
    let read: Uint8Array | undefined;
    yield { start, size, count: some.length, pixels: () => (read ??= dataset.read(some)) };
  }
}
