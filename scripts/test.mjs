// npm test: proves the project. Cheap stages come first, every stage runs, and the last line sums them all up.
import { runChecks } from './proof/checks.mjs';
import { build, endToEnd, nativeEngine, storeOnNode24, unitTests, words } from './proof/stages.mjs';
import { sum, summaryLine, tally } from './proof/tally.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { requireNode } from './setup/node-version.mjs';
import { Problem, runCommand, sentenceOf } from './setup/problem.mjs';
import { seconds } from './setup/progress.mjs';

/** @type {{ name: string, run: () => Promise<import('./proof/tally.mjs').Tally>, needsBuild?: boolean }[]} */
const STAGES = [
  { name: 'Format, style, types', run: runChecks },
  { name: 'Build', run: build },
  { name: 'German', run: words, needsBuild: true },
  { name: 'Native engine', run: nativeEngine, needsBuild: true },
  { name: 'Unit tests', run: unitTests },
  { name: 'Store on Node 24', run: storeOnNode24 },
  { name: 'The window, end to end', run: endToEnd, needsBuild: true },
];

const notBuilt = () => Promise.reject(new Problem('Not run, because the build failed.'));

/** A stage that throws is one failure. @param {string} name @param {() => Promise<import('./proof/tally.mjs').Tally>} run */
async function attempt(name, run) {
  try {
    return await run();
  } catch (error) {
    console.log(`  FAILED  ${sentenceOf(error)}`);
    return tally({ failed: 1, failures: [`${name}: ${sentenceOf(error)}`] });
  }
}

await runCommand(async () => {
  requireNode();
  const start = performance.now();
  await ensureDependencies();
  /** @type {{ name: string, counts: import('./proof/tally.mjs').Tally, took: string }[]} */
  const results = [];
  let built = true;
  for (const { name, run, needsBuild } of STAGES) {
    console.log(`\n== ${name}`);
    const began = performance.now();
    const counts = await attempt(name, needsBuild && !built ? notBuilt : run);
    if (run === build) built = counts.failed === 0;
    results.push({ name, counts, took: seconds(performance.now() - began) });
  }
  console.log('');
  for (const { name, counts, took } of results) console.log(`${name.padEnd(24)} ${took.padStart(7)}   ${summaryLine(counts)}`);
  console.log(`${'Everything'.padEnd(24)} ${seconds(performance.now() - start).padStart(7)}`);
  const total = sum(results.map((result) => result.counts));
  for (const failure of total.failures) console.log(`FAILED  ${failure}`);
  console.log(summaryLine(total));
  return total.failed > 0 ? 1 : 0;
});
