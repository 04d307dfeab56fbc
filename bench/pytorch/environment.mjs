// PyTorch in a virtual environment of its own, in the per-user cache: nothing of the project depends on it but the bench and one deep test.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { completeFolder } from '../../scripts/setup/atomic-folder.mjs';
import { lastLines, run } from '../../scripts/setup/command.mjs';
import { cacheFolder } from '../../scripts/setup/paths.mjs';
import { Problem } from '../../scripts/setup/problem.mjs';
import { stage } from '../../scripts/setup/progress.mjs';

const requirements = join(dirname(fileURLToPath(import.meta.url)), 'requirements.txt');

/** @param {string} program @param {string[]} args @param {string} what */
async function must(program, args, what) {
  const outcome = await run(program, args);
  if (outcome.code === 127)
    throw new Problem('The program python3 was not found. Install Python 3.10 or newer and run the same command again.');
  if (outcome.code !== 0) throw new Problem(`${what} did not work: ${lastLines(outcome.output, 2)}`);
}

/** @returns {Promise<string>} its python */
export async function ensurePyTorch(cache = cacheFolder()) {
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 8);
  const folder = join(cache, `bench-pytorch-${hash}`);
  const made = () =>
    completeFolder(folder, (beside) =>
      stage('Installing PyTorch for the comparison', async () => {
        await must('python3', ['-m', 'venv', beside], 'Making a virtual environment (Debian: apt-get install python3-venv)');
        await must(join(beside, 'bin', 'python'), ['-m', 'pip', 'install', '-q', '-r', requirements], 'Installing PyTorch with pip');
      }),
    );
  await made();
  return join(folder, 'bin', 'python');
}
