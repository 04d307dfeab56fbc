// Format, style and types: each step is one program, two at a time because every machine has two cores.
import { run } from '../setup/command.mjs';
import { root } from '../setup/paths.mjs';
import { seconds } from '../setup/progress.mjs';
import { tally } from './tally.mjs';

/** What did not change since it was found good is not looked at again: each program knows by content. */
const SEEN = 'node_modules/.cache/checks';
const seen = (/** @type {string} */ name) => ['--cache', '--cache-strategy=content', `--cache-location=${SEEN}/${name}`];
/** @returns {[program: string, ...args: string[]]} */
const tsc = (/** @type {string} */ config) => [
  'node_modules/typescript/bin/tsc',
  ...['-p', config, '--incremental', '--tsBuildInfoFile', `${SEEN}/${config}`],
];

/** The longest first, so that the second core is not left waiting at the end. @type {[name: string, program: string, ...args: string[]][]} */
const STEPS = [
  ['lint', 'node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0', ...seen('eslint')],
  ['types of the window', 'node_modules/svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.renderer.json', '--fail-on-warnings'],
  ['format', 'node_modules/prettier/bin/prettier.cjs', '--check', '.', '--log-level=warn', ...seen('prettier')],
  ['types', ...tsc('tsconfig.json')],
  ['types of the engine', ...tsc('tsconfig.engine.json')],
  ['types of the scripts', ...tsc('tsconfig.scripts.json')],
];

/** @returns {Promise<import('./tally.mjs').Tally>} */
export async function runChecks() {
  const counts = tally();
  const waiting = [...STEPS];
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const [name, ...command] = step;
      const start = performance.now();
      const { code, output } = await run(process.execPath, command, { cwd: root });
      const took = seconds(performance.now() - start);
      if (code === 0) counts.passed++;
      else {
        counts.failed++;
        counts.failures.push(name);
      }
      console.log(code === 0 ? `  ok      ${name} (${took})` : `  FAILED  ${name} (${took})\n${output.trimEnd()}`);
    }
  };
  await Promise.all([work(), work()]);
  return counts;
}
