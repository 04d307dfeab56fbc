// Where the sample data that ships with Overbatch lies: beside the sources, beside the build, or in the packaged app.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SampleName } from '#shared/dataset';
import { FailureError } from '#shared/failure';

/** @throws FailureError dataset-missing when this copy of Overbatch came without it */
export function sampleFolder(name: SampleName): string {
  const packaged =
    'resourcesPath' in process && typeof process.resourcesPath === 'string' ? [join(process.resourcesPath, 'samples', name)] : [];
  const candidates = [
    ...packaged,
    ...parents(dirname(fileURLToPath(import.meta.url))).map((folder) => join(folder, 'resources', 'samples', name)),
  ];
  const found = candidates.find((folder) => existsSync(folder));
  if (found === undefined) throw new FailureError({ kind: 'dataset-missing', path: candidates[0] });
  return found;
}

/** The folder, the one that holds it, and so on to the root. */
function parents(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...parents(above)];
}
