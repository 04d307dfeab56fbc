// npm run check: format, style and types of everything, in one summary.
import { runChecks } from './proof/checks.mjs';
import { summaryLine } from './proof/tally.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { requireNode } from './setup/node-version.mjs';
import { runCommand } from './setup/problem.mjs';

await runCommand(async () => {
  requireNode();
  await ensureDependencies();
  const counts = await runChecks();
  console.log(summaryLine(counts));
  return counts.failed > 0 ? 1 : 0;
});
