// What the manifest says of every version that was imported from pictures, with masks or without.
import type { PackedPictures } from '#shared/dataset';
import { contentHashOf } from './content-hash';
import type { PixelLayout } from './decode-picture';

type Packed = Pick<PackedPictures, 'labels' | 'samples' | 'leftOut' | 'sizes' | 'found'>;

export function packedFacts(
  name: string,
  { width, height, channels }: PixelLayout,
  { labels, samples, leftOut, sizes, found }: Packed,
): PackedPictures {
  return {
    format: 1,
    rule: 2,
    name,
    contentHash: contentHashOf({ width, height, channels, labels, samples }),
    labels,
    width,
    height,
    channels,
    count: samples.length,
    ownSplit: samples.some(({ split }) => split === 'validation' || split === 'test'),
    samples,
    leftOut,
    sizes,
    found,
    createdAt: new Date().toISOString(),
  };
}
