// Where what ships with Overbatch lies: beside the sources, beside the build, or in the packaged app.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A folder of resources/; the first place where it would be and whether it is in any. */
export function resourceFolder(...names: string[]): { folder: string; isThere: boolean } {
  const packaged = 'resourcesPath' in process && typeof process.resourcesPath === 'string' ? [join(process.resourcesPath, ...names)] : [];
  const candidates = [
    ...packaged,
    ...parents(dirname(fileURLToPath(import.meta.url))).map((folder) => join(folder, 'resources', ...names)),
  ];
  const found = candidates.find((folder) => existsSync(folder));
  return { folder: found ?? candidates[0], isThere: found !== undefined };
}

/** The folder, the one that holds it, and so on to the root. */
function parents(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...parents(above)];
}
