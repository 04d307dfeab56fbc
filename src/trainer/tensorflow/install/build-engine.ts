// One build of the binding over the libraries: made beside its place, tried, described, then renamed into it.
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { NativeKind } from '#shared/engine';
import { buildBinding } from './compile';
import { BINDING_FILE, nativeFolder, wheelFolder } from './locate';
import { describeFile, findDamage, readManifest, writeManifest } from './manifest';
import type { Report } from './progress';
import { verifyEngine } from './verify';

export async function isBuilt(kind: NativeKind): Promise<boolean> {
  const manifest = await readManifest(nativeFolder(kind), 'engine.json');
  return manifest !== undefined && (await findDamage(nativeFolder(kind), manifest)) === undefined;
}

export async function buildEngine(kind: NativeKind, { signal, report }: { signal: AbortSignal; report: Report }): Promise<void> {
  const folder = nativeFolder(kind);
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(partial);
  try {
    // Relative, so that the whole cache can be moved.
    await symlink(join('..', basename(wheelFolder(kind)), 'lib'), join(partial, 'lib'));
    await buildBinding(kind, partial, {
      include: join(wheelFolder(kind), 'include'),
      signal,
      onFile: (done, total) => report('compile', `Compiling the binding: ${done} of ${total} files`),
    });
    signal.throwIfAborted();
    report('verify', 'Trying the engine');
    const version = await verifyEngine(kind, partial, signal);
    await writeManifest(partial, 'engine.json', { kind, version }, [await describeFile(partial, BINDING_FILE)]);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
