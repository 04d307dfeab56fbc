// Runs vitest, lets it speak to the terminal, and counts by its JSON report.
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../setup/paths.mjs';
import { tallyOfVitest } from './tally.mjs';

/**
 * @param {string} name of the report in test-results/
 * @param {string[]} args for `vitest run`
 * @param {{ env?: NodeJS.ProcessEnv, node?: string, prefix?: string[] }} [options] prefix: a program that runs the rest, e.g. in a namespace
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function runVitest(name, args, options = {}) {
  const report = join(root, 'test-results', `${name}.json`);
  await rm(report, { force: true });
  const [program, ...rest] = [
    ...(options.prefix ?? []),
    options.node ?? process.execPath,
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const code = await new Promise((resolve) => {
    const child = spawn(program, rest, { cwd: root, env: { ...process.env, ...options.env }, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => resolve(127));
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
  const written = await readFile(report, 'utf8').catch(() => '');
  return tallyOfVitest(written ? JSON.parse(written.replaceAll(`${root}/`, '')) : undefined, code);
}
