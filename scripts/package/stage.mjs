// The folder that becomes the app: the built programs, the files of packages that they load, and what lies beside them.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from '../setup/paths.mjs';
import { stage } from '../setup/progress.mjs';
import { runtimeFiles } from './runtime-files.mjs';

/** What the packaged app finds in its resources folder, not in its archive. */
export const BESIDE = 'beside';

/**
 * @param {string} folder empty; app/ in it goes into the archive, beside/ next to it
 * @param {import("./electron.mjs").PackagedElectron} electron
 * @param {import('./engine.mjs').PrebuiltEngine | undefined} engine
 */
export function stageApplication(folder, electron, engine) {
  return stage('Collecting what the app needs', async () => {
    const app = join(folder, 'app');
    for (const file of await runtimeFiles(electron)) await copy(join(root, file), join(app, file));
    for (const part of ['preload', 'renderer']) await copy(join(root, 'out', part), join(app, 'out', part));
    await writeFile(join(app, 'package.json'), `${JSON.stringify(await manifest(), null, 2)}\n`);

    const beside = join(folder, BESIDE);
    for (const name of ['samples', 'pretrained']) await copy(join(root, 'resources', name), join(beside, name));
    for (const name of ['LICENSE', 'THIRD-PARTY-NOTICES.md']) await copy(join(root, name), join(beside, name));
    await copy(join(root, 'native', 'sources.json'), join(beside, 'native', 'sources.json'));
    if (engine) {
      await writeFile(join(beside, 'native', 'packaged.json'), JSON.stringify({ hash: engine.hash, glibc: engine.glibc }));
      await copy(engine.file, join(beside, 'native', 'prebuilt', `tfjs_binding-cpu-${engine.hash}.node`));
    }
  });
}

/** @param {string} from @param {string} to */
async function copy(from, to) {
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to, { recursive: true, dereference: true });
}

/** Without dependencies: they are collected already, file by file. */
async function manifest() {
  const { name, productName, version, description, license, main } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return { name, productName, version, description, license, author: 'The Overbatch developers', main };
}
