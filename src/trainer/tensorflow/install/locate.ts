// Where the native engines lie: a cache of the user's, outside node_modules, so that neither `npm ci` nor an update of the app loses 850 MB.
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { NativeKind } from '#shared/engine';
import { nativeHash } from './native-sources';
import { TENSORFLOW_VERSION } from './pins';

/** OVERBATCH_CACHE if set, otherwise what the system calls the user's cache. */
export function cacheRoot(): string {
  const { OVERBATCH_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (OVERBATCH_CACHE) return resolve(OVERBATCH_CACHE);
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'overbatch');
  if (process.platform === 'win32') return join(LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), 'overbatch');
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'overbatch');
}

export function enginesFolder(): string {
  return join(cacheRoot(), 'engines');
}

/**
 * lib/ (TensorFlow's libraries), tfjs_binding.node, engine.json. The hash is that of the binding's sources and compiler flags:
 * a changed source is another engine, compiled anew over the same libraries.
 */
export function nativeFolder(kind: NativeKind): string {
  return join(enginesFolder(), `tensorflow-${kind}-${TENSORFLOW_VERSION}-${nativeHash()}`);
}

/** What is kept of the wheel: lib/, include/, wheel.json. */
export function wheelFolder(kind: NativeKind): string {
  return join(enginesFolder(), `wheel-${kind}-${TENSORFLOW_VERSION}`);
}

/** What an interrupted installation leaves behind and the next one goes on from. */
export function partialFolder(kind: NativeKind): string {
  return join(enginesFolder(), `wheel-${kind}-${TENSORFLOW_VERSION}.partial`);
}

export const BINDING_FILE = 'tfjs_binding.node';

/** Names below enginesFolder() that belong to a kind. */
export async function foldersOf(kind: NativeKind): Promise<string[]> {
  const names = await readdir(enginesFolder()).catch(() => [] as string[]);
  return names.filter((name) => name.startsWith(`wheel-${kind}-`) || name.startsWith(`tensorflow-${kind}-`));
}
