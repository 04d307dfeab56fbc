// Where what is about the app itself lies: its settings, its logs, and where the data is. Says nothing, so it can be asked before a language is chosen.
import { homedir } from 'node:os';
import path from 'node:path';

const FOLDER = 'Overbatch';

/**
 * What is about the app itself lies here: its settings, its logs, and where the data is. Nothing else may be told to lie elsewhere.
 * OVERBATCH_DATA names another place.
 */
export function userFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env.OVERBATCH_DATA) return path.resolve(env.OVERBATCH_DATA);
  switch (platform) {
    case 'win32':
      return path.join(env.APPDATA ?? path.join(homedir(), 'AppData', 'Roaming'), FOLDER);
    case 'darwin':
      return path.join(homedir(), 'Library', 'Application Support', FOLDER);
    default:
      return path.join(env.XDG_CONFIG_HOME || path.join(homedir(), '.config'), FOLDER);
  }
}
