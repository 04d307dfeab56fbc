// Where the sample data that ships with Overbatch lies.
import type { SampleName } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { resourceFolder } from './resource-folder';

/** @throws FailureError dataset-missing when this copy of Overbatch came without it */
export function sampleFolder(name: SampleName): string {
  const { folder, isThere } = resourceFolder('samples', name);
  if (!isThere) throw new FailureError({ kind: 'dataset-missing', path: folder });
  return folder;
}
