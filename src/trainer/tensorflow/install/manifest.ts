// What an installed engine consists of, written last and checked later: sizes and times at a glance, hashes when those differ or on demand.
import { createHash } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile } from './hash-file';
import type { UnpackedFile } from './unpack-wheel';

export interface ManifestFile extends UnpackedFile {
  /** Unchanged since it was hashed: no need to read 850 MB again. */
  modifiedMs: number;
}

/** wheel.json beside lib/, and engine.json beside the binding. */
export interface Manifest {
  format: 1;
  kind: string;
  version: string;
  /** The headers a compilation needs are here too. */
  headers?: boolean;
  files: ManifestFile[];
}

export async function writeManifest(
  folder: string,
  name: string,
  about: Omit<Manifest, 'format' | 'files'>,
  files: UnpackedFile[],
): Promise<void> {
  const timed = await Promise.all(files.map(async (file) => ({ ...file, modifiedMs: (await stat(join(folder, file.path))).mtimeMs })));
  const whole: Manifest = { format: 1, ...about, files: timed };
  const file = await open(join(folder, name), 'w');
  try {
    await file.writeFile(`${JSON.stringify(whole, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

export async function readManifest(folder: string, name: string): Promise<Manifest | undefined> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, name), 'utf8')) as Manifest;
    return manifest.format === 1 && Array.isArray(manifest.files) ? manifest : undefined;
  } catch {
    return undefined; // Missing or cut off: the engine is not there.
  }
}

/** The first file that is not what was installed; `deep` reads every byte even where size and time agree. */
export async function findDamage(folder: string, { files }: Manifest, deep = false): Promise<string | undefined> {
  for (const file of files) {
    const path = join(folder, file.path);
    const found = await stat(path).catch(() => undefined);
    if (!found) return `${path} is missing`;
    if (found.size !== file.bytes) return `${path} has ${found.size} bytes instead of ${file.bytes}`;
    if ((deep || found.mtimeMs !== file.modifiedMs) && (await hashFile(path)) !== file.sha256)
      return `${path} was changed since it was installed`;
  }
  return undefined;
}

export async function describeFile(folder: string, path: string): Promise<UnpackedFile> {
  const bytes = await readFile(join(folder, path));
  return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
