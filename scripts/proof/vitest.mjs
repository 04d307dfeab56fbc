// Runs vitest, lets it speak to the terminal, and counts by its JSON report.
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from '../setup/paths.mjs';
import { tallyOfVitest } from './tally.mjs';
import { UNHANDLED_FILE } from './unhandled-errors.mjs';

/** @param {string} file @returns {Promise<any>} nothing where vitest died before writing it */
async function readReport(file) {
  const written = await readFile(file, 'utf8').catch(() => '');
  return written ? JSON.parse(written.replaceAll(`${root}/`, '')) : undefined;
}

/**
 * @param {string} name of the report in test-results/
 * @param {string[]} args for `vitest run`
 * @param {{ env?: NodeJS.ProcessEnv, node?: string, prefix?: string[] }} [options] prefix: a program that runs the rest, e.g. in a namespace
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function runVitest(name, args, options = {}) {
  const report = join(root, 'test-results', `${name}.json`);
  const unhandled = join(root, 'test-results', `${name}-unhandled.json`);
  await mkdir(dirname(unhandled), { recursive: true });
  await Promise.all([report, unhandled].map((file) => rm(file, { force: true })));
  const [program, ...rest] = [
    ...(options.prefix ?? []),
    options.node ?? process.execPath,
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--reporter=${join(root, 'scripts/proof/unhandled-errors.mjs')}`,
    `--outputFile.json=${report}`,
  ];
  const code = await new Promise((resolve) => {
    const child = spawn(program, rest, {
      cwd: root,
      env: { ...process.env, ...options.env, [UNHANDLED_FILE]: unhandled },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', () => resolve(127));
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
  return tallyOfVitest(await readReport(report), code, (await readReport(unhandled)) ?? []);
}
