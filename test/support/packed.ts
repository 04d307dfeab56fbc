// A packed data set of random pictures, written by hand: fast, and of any size.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import type { PictureManifest } from '#shared/dataset';
import { temporaryFolder } from './temporary-folder';
import { pixels } from './pictures';

export interface PackedOptions {
  count: number;
  width: number;
  height: number;
  channels?: 1 | 3;
  classes?: number;
}

/** The folder of a version whose sample i has label i mod classes. */
export function packedPictures({ count, width, height, channels = 3, classes = 3 }: PackedOptions, parent = temporaryFolder()): string {
  const folder = join(parent, 'version');
  mkdirSync(folder);
  const bytes = Buffer.concat(Array.from({ length: count }, (_, i) => pixels(width, height, channels, i)));
  const manifest: PictureManifest = {
    format: 1,
    kind: 'image-classes',
    name: 'random pictures',
    labels: Array.from({ length: classes }, (_, i) => `class ${i}`),
    count,
    width,
    height,
    channels,
    contentHash: createHash('sha256').update(bytes).digest('hex'),
    ownSplit: false,
    leftOut: [],
    createdAt: '2026-11-24T00:00:00.000Z',
    samples: Array.from({ length: count }, (_, i) => ({ file: `${i}.png`, label: i % classes, split: 'none' as const })),
  };
  writeFileSync(join(folder, 'samples.bin'), bytes);
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}
