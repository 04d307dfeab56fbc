// Where things lie: the repository, and the per-user cache outside node_modules that survives `npm ci`.
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
export function cacheFolder(env = process.env, platform = process.platform, home = homedir()) {
  if (env.OVERBATCH_CACHE) return resolve(env.OVERBATCH_CACHE);
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'overbatch');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'overbatch');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'overbatch', 'cache');
  return join(home, '.cache', 'overbatch');
}
