// The package that these proofs are about: made once for all of them.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/setup/paths.mjs';
import { REGISTRY_ELECTRON_VERSION } from '../../../scripts/setup/electron-registry.mjs';
import { electronVersion } from '../../../scripts/setup/electron-official.mjs';

/** With OVERBATCH_PACKAGED=1 what lies in dist/ is taken as it is. */
let isMade = process.env.OVERBATCH_PACKAGED === '1';

export function packaged(): { folder: string; deb: string; electronVersion: string } {
  if (!isMade) execFileSync(process.execPath, [join(root, 'scripts/package.mjs')], { cwd: root, stdio: 'inherit' });
  isMade = true;
  const deb = readdirSync(join(root, 'dist')).find((name) => name.endsWith('.deb'))!;
  const folder = join(root, 'dist', 'linux-unpacked');
  if (!existsSync(join(folder, 'overbatch'))) throw new Error('npm run package made no program.');
  return {
    folder,
    deb: join(root, 'dist', deb),
    electronVersion: deb.includes('development') ? REGISTRY_ELECTRON_VERSION : electronVersion(),
  };
}
