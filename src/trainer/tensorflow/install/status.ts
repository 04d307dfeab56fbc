// What lies in the cache for one native engine, and in one sentence why it cannot be used.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NATIVE_KINDS, type NativeEngineStatus, type NativeKind } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { compilersOnPath, NO_COMPILER } from './compiler';
import { bytesBelow } from './disk-space';
import { enginesFolder, foldersOf, nativeFolder, partialFolder, wheelFolder } from './locate';
import { findDamage, readManifest } from './manifest';
import { missingFromPackage, prebuiltBinding } from './native-sources';
import { platformProblem } from './platform';

/** `deep` reads every byte again (about two seconds); otherwise a file is read only when its size or time has changed. */
export async function nativeStatus(kind: NativeKind, { deep = false } = {}): Promise<NativeEngineStatus> {
  const bytes = await bytesOf(kind);
  try {
    return { kind, folder: nativeFolder(kind), bytes, ...(await stateOf(kind, deep)) };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { kind, folder: enginesFolder(), bytes, state: bytes > 0 ? 'partial' : 'absent', problem: error.message };
  }
}

export function nativeStatuses(): Promise<NativeEngineStatus[]> {
  return Promise.all(NATIVE_KINDS.map((kind) => nativeStatus(kind)));
}

async function stateOf(kind: NativeKind, deep: boolean): Promise<Pick<NativeEngineStatus, 'state' | 'version' | 'problem'>> {
  const platform = platformProblem();
  if (platform) return { state: 'absent', problem: platform };
  const wheel = await readManifest(wheelFolder(kind), 'wheel.json');
  const engine = await readManifest(nativeFolder(kind), 'engine.json');
  if (wheel && engine) {
    const damage = (await findDamage(wheelFolder(kind), wheel, deep)) ?? (await findDamage(nativeFolder(kind), engine, deep));
    if (!damage) return { state: 'installed', version: `TensorFlow ${engine.version}` };
    return { state: 'partial', problem: `The engine is damaged: ${damage}. Install it again to repair it.` };
  }
  const compiler = missingFromPackage(kind) ?? (prebuiltBinding(kind) || compilersOnPath().length > 0 ? undefined : NO_COMPILER);
  if (wheel) {
    return {
      state: 'partial',
      problem:
        compiler ?? 'The libraries are here and the binding has to be built for them. Install to do so; nothing is downloaded again.',
    };
  }
  if (!existsSync(partialFolder(kind))) return { state: 'absent', problem: compiler };
  return { state: 'partial', problem: compiler ?? 'An installation was interrupted. Install to go on from there, or remove what it left.' };
}

async function bytesOf(kind: NativeKind): Promise<number> {
  let bytes = 0;
  for (const name of await foldersOf(kind)) bytes += await bytesBelow(join(enginesFolder(), name));
  return bytes;
}
