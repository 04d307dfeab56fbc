// npm run package: an application that is installed by a double click, for the system this runs on. Into dist/.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApplication } from './package/application.mjs';
import { archive, debianPackage } from './package/linux.mjs';
import { electronToPackage } from './package/electron.mjs';
import { prebuiltEngine } from './package/engine.mjs';
import { stageApplication } from './package/stage.mjs';
import { ensurePackagingTools } from './package/tools.mjs';
import { report } from './package/report.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { requireNode } from './setup/node-version.mjs';
import { root } from './setup/paths.mjs';
import { runCommand } from './setup/problem.mjs';

await runCommand(async () => {
  requireNode();
  await ensureDependencies();
  await ensureBuild();
  await ensurePackagingTools();
  const output = join(root, 'dist');
  await rm(output, { recursive: true, force: true });

  const electron = await electronToPackage();
  // Outside the repository: the packager looks for packages in all folders above.
  const staged = await mkdtemp(join(tmpdir(), 'overbatch-package-'));
  try {
    await stageApplication(staged, electron, await prebuiltEngine());
    const { folder, files } = await buildApplication({ staged, electron, output });
    if (process.platform === 'linux')
      files.push(await archive(folder, electron, output), ...(await debianPackage({ folder, electron, output })));
    await report({ folder, files, electron });
  } finally {
    await rm(staged, { recursive: true });
  }
});
