// Python packages in a virtual environment of their own, in the per-user cache: nothing of the project depends on them but comparisons.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeFolder } from './atomic-folder.mjs';
import { lastLines, run } from './command.mjs';
import { cacheFolder } from './paths.mjs';
import { Problem } from './problem.mjs';
import { stage } from './progress.mjs';

/** @param {string} program @param {string[]} args @param {string} what */
async function must(program, args, what) {
  const outcome = await run(program, args);
  if (outcome.code === 127)
    throw new Problem('The program python3 was not found. Install Python 3.10 or newer and run the same command again.');
  if (outcome.code !== 0) throw new Problem(`${what} did not work: ${lastLines(outcome.output, 2)}`);
}

/**
 * @param {string} name of the environment in the cache
 * @param {string} requirements a file for pip
 * @param {string} what is installed and what for, as it is said
 * @returns {Promise<string>} its python
 */
export async function ensurePython(name, requirements, what, cache = cacheFolder()) {
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 8);
  const folder = join(cache, `${name}-${hash}`);
  await completeFolder(folder, (beside) =>
    stage(`Installing ${what}`, async () => {
      await must('python3', ['-m', 'venv', beside], 'Making a virtual environment (Debian: apt-get install python3-venv)');
      await must(join(beside, 'bin', 'python'), ['-m', 'pip', 'install', '-q', '-r', requirements], `Installing ${what} with pip`);
    }),
  );
  return join(folder, 'bin', 'python');
}
