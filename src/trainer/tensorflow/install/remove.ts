// Takes an engine away: everything of its kind, or only what an older Overbatch left.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { NativeKind } from '#shared/engine';
import { withLock } from './lock';
import { enginesFolder, foldersOf } from './locate';
import { TENSORFLOW_VERSION } from './pins';

/** Also what an interrupted installation left. */
export async function removeNative(kind: NativeKind): Promise<void> {
  await withLock(kind, async () => {
    for (const name of await foldersOf(kind)) await rm(join(enginesFolder(), name), { recursive: true, force: true });
  });
}

/**
 * After an installation: libraries of other TensorFlow versions, the bindings over them, and what a killed build left.
 * Other bindings over these libraries are small and stay: a developer goes back and forth between sources.
 */
export async function removeOutdated(kind: NativeKind): Promise<void> {
  for (const name of await foldersOf(kind)) {
    const isCurrent = name.includes(`-${kind}-${TENSORFLOW_VERSION}`) && !/\.(partial|log)$/.test(name);
    if (!isCurrent) await rm(join(enginesFolder(), name), { recursive: true, force: true });
  }
}
