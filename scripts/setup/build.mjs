// Builds src into out, only when something it is made of has changed.
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lastLines, run } from './command.mjs';
import { root } from './paths.mjs';
import { Problem } from './problem.mjs';
import { stage } from './progress.mjs';

const INGREDIENTS = [
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'scripts/exported-page.mjs',
  'THIRD-PARTY-NOTICES.md',
  'tsconfig.base.json',
  'tsconfig.json',
  'tsconfig.renderer.json',
];

/** @param {string} folder the repository @returns {Promise<string>} SHA-256 over names and contents: a checkout changes every date */
export async function sourceHash(folder) {
  const entries = await readdir(join(folder, 'src'), { recursive: true, withFileTypes: true });
  const sources = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const language = await readdir(join(folder, 'scripts/language')).catch(() => []);
  const files = [
    ...sources.sort(),
    ...language.sort().map((name) => join(folder, 'scripts/language', name)),
    ...INGREDIENTS.map((name) => join(folder, name)),
  ];
  const contents = await Promise.all(files.map((file) => readFile(file).catch(() => '')));
  const hash = createHash('sha256');
  files.forEach((file, index) => hash.update(`${file.slice(folder.length)}\0${contents[index].length}\0`).update(contents[index]));
  return hash.digest('hex');
}

/** @param {string} folder the repository */
const stampOf = (folder) => join(folder, 'out', '.sources');

/** @param {string} folder */
const builtHash = (folder) => readFile(stampOf(folder), 'utf8').catch(() => '');

/** Whether what lies in out was built of these sources. */
export const isBuilt = async (folder = root) => (await builtHash(folder)) === (await sourceHash(folder));

export async function ensureBuild(folder = root) {
  const stamp = stampOf(folder);
  const wanted = await sourceHash(folder);
  if ((await builtHash(folder)) === wanted) return;
  await stage('Building', async () => {
    await rm(stamp, { force: true });
    const outcome = await run(process.execPath, [join(folder, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'], {
      cwd: folder,
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    if (outcome.code !== 0)
      throw new Problem(
        `The sources could not be built. Correct what is named here and run the same command again:\n${lastLines(outcome.output, 20)}`,
      );
    await writeFile(stamp, wanted);
  });
}
