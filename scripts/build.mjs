// npm run build: dependencies, then out/ in step with src/.
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { requireNode } from './setup/node-version.mjs';
import { runCommand } from './setup/problem.mjs';

await runCommand(async () => {
  requireNode();
  await ensureDependencies();
  await ensureBuild();
});
