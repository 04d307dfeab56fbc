// The native engine's binding, built here for the package: whoever installs the engine then needs no compiler.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { run } from '../setup/command.mjs';
import { root } from '../setup/paths.mjs';
import { Problem } from '../setup/problem.mjs';
import { stage } from '../setup/progress.mjs';
import { ensureCompiler } from '../setup/system-libraries.mjs';

/**
 * @typedef {object} PrebuiltEngine
 * @property {string} file the binding
 * @property {string} hash of its sources and flags, by which the packaged app finds it
 * @property {[number, number]} glibc the C library it needs: that of the system it is built on may be newer than another's
 */

/** @returns {Promise<PrebuiltEngine | undefined>} undefined where no native engine exists (not Linux on x64) */
export async function prebuiltEngine() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  await ensureCompiler();
  return stage('Building the native engine', async () => {
    const cli = join(root, 'out', 'main', 'cli.js');
    const { code, stdout, output } = await run(process.execPath, [cli, 'engine', 'install', 'cpu', '--json'], { cwd: root });
    if (code !== 0) throw new Problem(`The native engine could not be built for the package. ${output.trim().split('\n').at(-1)}`);
    /** @type {{ status: { folder: string } }} */
    const { status } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    const hash = basename(status.folder).split('-').at(-1) ?? '';
    const file = join(status.folder, 'tfjs_binding.node');
    return { file, hash, glibc: neededGlibc(await readFile(file, 'latin1')) };
  });
}

/** The newest version that it names of a symbol. @param {string} binary @returns {[number, number]} */
export function neededGlibc(binary) {
  const minors = [...binary.matchAll(/GLIBC_2\.(\d+)/g)].map(([, minor]) => Number(minor));
  return [2, Math.max(...minors)];
}
