// npm as a program: the one that runs us, or the one beside this Node. It brings the configured registry with it.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './command.mjs';
import { root } from './paths.mjs';
import { Problem } from './problem.mjs';

function npmScript() {
  const bin = dirname(process.execPath);
  const places = [
    process.env.npm_execpath ?? '',
    join(bin, 'node_modules/npm/bin/npm-cli.js'),
    join(bin, '../lib/node_modules/npm/bin/npm-cli.js'),
    join(bin, '../share/nodejs/npm/bin/npm-cli.js'),
  ];
  return places.find((place) => place.endsWith('npm-cli.js') && existsSync(place));
}

// npm's own patience (10 s, then 60 s for each file) would leave someone without a network waiting for minutes.
const PATIENCE = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

/**
 * @param {string[]} args
 * @param {{ cwd?: string, onOutput?: (text: string) => void }} [options]
 */
export async function npm(args, options = {}) {
  const script = npmScript();
  const [program, first] = script ? [process.execPath, [script]] : ['npm', []];
  const outcome = await run(program, [...first, ...args, ...PATIENCE], { cwd: root, ...options });
  if (outcome.code === 127) throw new Problem('The program npm was not found. Install Node with npm and run the same command again.');
  return outcome;
}

/** What to say when npm could not reach its registry, or anything else went wrong. @param {string} output @param {string} what */
export function npmProblem(output, what) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET/.test(output))
    return new Problem(
      `${what} could not be fetched because npm's registry was not reachable. Connect to the network and run the same command again.`,
    );
  if (/ENOSPC/.test(output))
    return new Problem(`${what} could not be written because the disk is full. Free some space and run the same command again.`);
  const reason = /npm error (?!code)(.+)/.exec(output)?.[1] ?? 'no reason given';
  return new Problem(`${what} could not be fetched: npm says "${reason.trim()}". Solve that and run the same command again.`);
}
