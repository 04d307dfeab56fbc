// Hands over to the built command line inside this very process: signals, terminal and exit code are then simply its own.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';

/** @param {string[]} args what follows `node out/main/cli.js` */
export async function runCli(args) {
  const program = join(root, 'out', 'main', 'cli.js');
  process.argv = [process.execPath, program, ...args];
  await import(pathToFileURL(program).href);
}
