// npm test: proves the project. Cheap stages come first, every stage runs, and the last line sums them all up.
import { runChecks } from './proof/checks.mjs';
import { build, endToEnd, nativeEngine, storeOnNode24, unitTests } from './proof/stages.mjs';
import { sum, summaryLine, tally } from './proof/tally.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { requireNode } from './setup/node-version.mjs';
import { runCommand, sentenceOf } from './setup/problem.mjs';
import { seconds } from './setup/progress.mjs';

/** @type {[name: string, run: () => Promise<import('./proof/tally.mjs').Tally>][]} */
const STAGES = [
  ['Format, style, types', runChecks],
  ['Build', build],
  ['Native engine', nativeEngine],
  ['Unit tests', unitTests],
  ['Store on Node 24', storeOnNode24],
  ['The window, end to end', endToEnd],
];

await runCommand(async () => {
  requireNode();
  const start = performance.now();
  await ensureDependencies();
  /** @type {{ name: string, counts: import('./proof/tally.mjs').Tally, took: string }[]} */
  const results = [];
  for (const [name, run] of STAGES) {
    console.log(`\n== ${name}`);
    const began = performance.now();
    const counts = await run().catch((error) => {
      console.log(`  FAILED  ${sentenceOf(error)}`);
      return tally({ failed: 1 });
    });
    results.push({ name, counts, took: seconds(performance.now() - began) });
  }
  console.log('');
  for (const { name, counts, took } of results) console.log(`${name.padEnd(24)} ${took.padStart(7)}   ${summaryLine(counts)}`);
  console.log(`${'Everything'.padEnd(24)} ${seconds(performance.now() - start).padStart(7)}`);
  const total = sum(results.map((result) => result.counts));
  console.log(summaryLine(total));
  return total.failed > 0 ? 1 : 0;
});
