// A data folder with one imported version of many small pictures, made without importing them one by one.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHashOf, contentKey } from '#datasets/content-hash';
import { writeManifest } from '#datasets/manifest';
import { MASKS_FILE, SAMPLES_FILE } from '#datasets/version-files';
import type { PackedPictures, PictureManifest } from '#shared/dataset';
import type { SegmentationManifest } from '#shared/segmentation';
import { addDataset } from '#store/datasets';
import { foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';

const SIDE = 8;
const CLASSES = 10;
/** As many as a version keeps. */
const SIZES = 1_000;

/** Every hundredth of `count` samples was left out, and said. */
export async function largeVersion(root: string, count: number, { masks = false } = {}): Promise<void> {
  const folders = foldersIn(root);
  const folder = join(folders.datasets, 'large');
  mkdirSync(folder, { recursive: true });
  const area = SIDE * SIDE;
  const pixels = new Uint8Array(count * area);
  const places = new Uint8Array(count * area);
  const samples = Array.from({ length: count }, (_, i) => {
    const label = i % CLASSES;
    const own = pixels.subarray(i * area, (i + 1) * area);
    for (let at = 0; at < area; at++) own[at] = (label * 25 + ((i * 31 + at * 17) % 25)) & 255;
    own.set([i & 255, (i >> 8) & 255, i >> 16]);
    places.fill(label, i * area + area / 2, (i + 1) * area);
    return { file: `class ${label}/picture-${String(i).padStart(6, '0')}.png`, label, split: 'none' as const, key: contentKey(own) };
  });
  writeFileSync(join(folder, SAMPLES_FILE), pixels);
  if (masks) writeFileSync(join(folder, MASKS_FILE), places);
  const labels = Array.from({ length: CLASSES }, (_, i) => `class ${i}`);
  const content = { width: SIDE, height: SIDE, channels: 1 as const, labels, samples };
  const packed: PackedPictures = {
    ...content,
    format: 1,
    name: 'large',
    contentHash: contentHashOf(content),
    count,
    ownSplit: false,
    leftOut: Array.from({ length: Math.floor(count / 100) }, (_, i) => ({
      file: `class 0/broken-${i}.png`,
      kind: 'truncated' as const,
      message: 'The picture is cut off before its end. Copy it again from where it came from, or leave it out.',
      severity: 'error' as const,
    })),
    createdAt: new Date().toISOString(),
    rule: 2,
    sizes: Array.from({ length: SIZES }, (_, i) => ({ width: 100 + ((i * 37) % 900), height: 100 + ((i * 13) % 700), count: SIZES - i })),
  };
  const classes = labels.map((label, i) => ({ label, written: String(i), pixels: (count / CLASSES) * area, pictures: count / CLASSES }));
  const manifest: PictureManifest | SegmentationManifest = masks
    ? { ...packed, kind: 'segmentation', coding: 'numbers', classes }
    : { ...packed, kind: 'image-classes' };
  await writeManifest(folder, manifest);
  const db = openStore(folders.database);
  addDataset(db, { id: 'large', manifest, folder: 'datasets/large', bytesOnDisk: pixels.length });
  closeStore(db);
}
