// Files of a version beside its manifest, and the words for one that is not as it was made. Apart from the manifest's own rules, which
// reading threads have no use for.
import type { PackedPictures } from '#shared/dataset';
import { FailureError } from '#shared/failure';

export const SAMPLES_FILE = 'samples.bin';
export const MASKS_FILE = 'masks.bin';

export const sampleBytes = ({ width, height, channels }: Pick<PackedPictures, 'width' | 'height' | 'channels'>): number =>
  width * height * channels;

export const invalid = (folder: string, problem: string) => new FailureError({ kind: 'dataset-invalid', path: folder, problem });
