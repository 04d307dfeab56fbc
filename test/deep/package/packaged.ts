// What npm run package made (set-up.ts).
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { electronVersion } from '../../../scripts/setup/electron-official.mjs';
import { REGISTRY_ELECTRON_VERSION } from '../../../scripts/setup/electron-registry.mjs';
import { root } from '../../../scripts/setup/paths.mjs';

const dist = join(root, 'dist');

export function packaged(): { folder: string; deb: string; electronVersion: string } {
  const deb = readdirSync(dist).find((name) => name.endsWith('.deb'));
  if (!deb) throw new Error('There is no .deb in dist/: npm run package makes it.');
  const version = deb.includes('development') ? REGISTRY_ELECTRON_VERSION : electronVersion();
  return { folder: join(dist, 'linux-unpacked'), deb: join(dist, deb), electronVersion: version };
}
