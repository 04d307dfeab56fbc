// Format, style and types: each step is one program, two at a time because every machine has two cores.
import { run } from '../setup/command.mjs';
import { root } from '../setup/paths.mjs';
import { seconds } from '../setup/progress.mjs';
import { tally } from './tally.mjs';

const TSC = 'node_modules/typescript/bin/tsc';

/** The longest first, so that the second core is not left waiting at the end. @type {[name: string, program: string, ...args: string[]][]} */
const STEPS = [
  ['lint', 'node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0'],
  ['types of the window', 'node_modules/svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.renderer.json', '--fail-on-warnings'],
  ['format', 'node_modules/prettier/bin/prettier.cjs', '--check', '.', '--log-level=warn'],
  ['types', TSC, '-p', 'tsconfig.json'],
  ['types of the engine', TSC, '-p', 'tsconfig.engine.json'],
  ['types of the scripts', TSC, '-p', 'tsconfig.scripts.json'],
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
      else counts.failed++;
      console.log(code === 0 ? `  ok      ${name} (${took})` : `  FAILED  ${name} (${took})\n${output.trimEnd()}`);
    }
  };
  await Promise.all([work(), work()]);
  return counts;
}
