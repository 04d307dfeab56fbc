// npm run test:deep: the long proofs in test/deep (minutes each), which npm test leaves out.
import { nativeEngine } from './proof/stages.mjs';
import { sum, summaryLine } from './proof/tally.mjs';
import { runVitest } from './proof/vitest.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { requireNode } from './setup/node-version.mjs';
import { runCommand } from './setup/problem.mjs';

await runCommand(async () => {
  requireNode();
  await ensureDependencies();
  await ensureBuild();
  const engine = await nativeEngine();
  const deep = await runVitest('deep', ['--config', 'vitest.deep.config.mts', ...process.argv.slice(2)]);
  const total = sum([engine, deep]);
  for (const failure of total.failures) console.log(`FAILED  ${failure}`);
  console.log(summaryLine(total));
  return total.failed > 0 ? 1 : 0;
});
