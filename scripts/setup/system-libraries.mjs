// What a bare Linux lacks: libraries Electron links to, Xvfb, and a compiler for the native engine.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './command.mjs';
import { Problem } from './problem.mjs';
import { stage } from './progress.mjs';

const ELECTRON_PACKAGES = [
  'libnss3',
  'libatk1.0-0',
  'libatk-bridge2.0-0',
  'libcups2',
  'libgtk-3-0',
  'libgbm1',
  'libasound2',
  'libxshmfence1',
  'libdrm2',
];

/** @param {string} name */
export const onPath = (name, path = process.env.PATH ?? '') => path.split(delimiter).some((folder) => existsSync(join(folder, name)));

/** @param {string} lddOutput @returns {string[]} e.g. ["libgtk-3.so.0"] */
export function missingLibraries(lddOutput) {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
}

/**
 * Debian 13 and Ubuntu 24.04 renamed some of them to …t64; the old names are then virtual, without a candidate.
 * @param {string[]} names
 * @param {string} policy the output of `apt-cache policy`
 */
export function installable(names, policy) {
  return names.map((name) => {
    const candidate = new RegExp(`^${name.replace(/[.+]/g, '\\$&')}:\\n(?: .*\\n)*? +Candidate: (.+)$`, 'm').exec(policy)?.[1];
    return candidate && candidate !== '(none)' ? name : `${name}t64`;
  });
}

/** @param {string[]} packages @param {string} what e.g. "Electron's libraries" */
async function install(packages, what) {
  if (!onPath('apt-get'))
    throw new Problem(`${what} are missing. Install what this system calls ${packages.join(', ')} and run the same command again.`);
  if (process.getuid?.() !== 0)
    throw new Problem(`${what} are missing. Run: sudo apt-get install -y ${packages.join(' ')} (and then the same command again).`);
  await stage(`Installing ${what.replace(/^\w/, (letter) => letter.toLowerCase())} (${packages.join(' ')})`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const patience = ['-o', 'DPkg::Lock::Timeout=120'];
    await run('apt-get', [...patience, 'update', '-qq'], { env });
    const policy = await run('apt-cache', ['policy', ...packages], { env: { ...env, LC_ALL: 'C' } });
    const names = installable(packages, policy.stdout);
    const outcome = await run('apt-get', [...patience, 'install', '-y', '-qq', '--no-install-recommends', ...names], { env });
    if (outcome.code !== 0) {
      const reason = outcome.output.split('\n').find((line) => line.startsWith('E: ')) ?? 'apt-get gave no reason';
      throw new Problem(`${what} could not be installed (${reason}). Run: apt-get update && apt-get install -y ${names.join(' ')}`);
    }
  });
}

/** @param {string} electron the executable @param {{ display?: boolean, offline?: boolean }} needs what tests need besides: Xvfb, a namespace without network */
export async function ensureElectronLibraries(electron, needs) {
  if (process.platform !== 'linux') return;
  const { output } = await run('ldd', [electron]);
  const packages = missingLibraries(output).length > 0 ? [...ELECTRON_PACKAGES] : [];
  if (needs.display && !onPath('Xvfb')) packages.push('xvfb');
  if (needs.offline && !onPath('ip', '/usr/sbin:/sbin:/usr/bin:/bin')) packages.push('iproute2');
  if (packages.length > 0) await install(packages, 'Libraries of the system that the window needs');
}

/** The native engine is compiled at its installation; pip fetches its libraries. */
export async function ensureCompiler() {
  if (process.platform !== 'linux') return;
  const packages = onPath('g++') ? [] : ['g++'];
  if ((await run('python3', ['-m', 'pip', '--version'])).code !== 0) packages.push('python3', 'python3-pip');
  if (packages.length > 0) await install(packages, 'Tools that the native engine is built with');
}
