// npm run train, ask, data, export, engine: the command line after its set-up, whose messages go to stderr.
import { ensureBuild } from './setup/build.mjs';
import { runCli } from './setup/cli.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { requireNode } from './setup/node-version.mjs';
import { runCommand } from './setup/problem.mjs';

await runCommand(async () => {
  requireNode();
  await ensureDependencies();
  await ensureBuild();
  return runCli(process.argv.slice(2));
});
