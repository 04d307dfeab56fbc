// What Linux installs: an archive for everyone, and a .deb by Debian's own dpkg-deb that, removed, leaves nothing but the person's data.
import { chmod, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../setup/command.mjs';
import { root } from '../setup/paths.mjs';
import { Problem } from '../setup/problem.mjs';
import { stage } from '../setup/progress.mjs';
import { onPath } from '../setup/system-libraries.mjs';
import { bytesBelow } from './report.mjs';
import { packagingFolder } from './tools.mjs';

const PLACE = 'opt/Overbatch';
const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };

/** What Electron links to, or loads when it starts; Debian 13 and Ubuntu 24.04 renamed some of them to …t64. */
const DEPENDS = [
  'libasound2 | libasound2t64',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libatk1.0-0 | libatk1.0-0t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libcups2 | libcups2t64',
  'libdrm2',
  'libgbm1',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnotify4',
  'libnss3',
  'libx11-xcb1',
  'libxshmfence1',
  'xdg-utils',
];

/** Unpacked anywhere, it runs from there. @param {string} folder @param {import('./electron.mjs').PackagedElectron} electron @param {string} output */
export function archive(folder, electron, output) {
  return stage('Packaging for any Linux', async () => {
    const { version } = await identity(electron);
    const name = `overbatch-${version}-linux-${process.arch}`;
    const file = join(output, `${name}.tar.gz`);
    const owner = ['--owner=0', '--group=0', '--numeric-owner', '--sort=name'];
    const { code, output: said } = await run('tar', ['-czf', file, ...owner, `--transform=s,^[.],${name},`, '-C', folder, '.']);
    if (code !== 0) throw new Problem(`tar could not make the archive. ${said.trim()}`);
    return file;
  });
}

/**
 * @param {{ folder: string, electron: import('./electron.mjs').PackagedElectron, output: string }} given the unpacked application
 * @returns {Promise<string[]>} the file, where dpkg-deb is there to make it
 */
export async function debianPackage({ folder, electron, output }) {
  if (!onPath('dpkg-deb')) {
    console.log('No .deb: this system has no dpkg-deb.');
    return [];
  }
  return stage('Packaging for Debian and Ubuntu', async () => {
    const tree = join(output, 'deb');
    await cp(folder, join(tree, PLACE), { recursive: true });
    // Chromium's sandbox, where the kernel gives none to users.
    await chmod(join(tree, PLACE, 'chrome-sandbox'), 0o4755);
    await place(join(packagingFolder, 'linux', 'overbatch.desktop'), join(tree, 'usr/share/applications/overbatch.desktop'));
    await place(join(packagingFolder, 'linux', 'overbatch-runs.xml'), join(tree, 'usr/share/mime/packages/overbatch-runs.xml'));
    for (const name of (await readdir(join(packagingFolder, 'icons'))).filter((name) => name.endsWith('.png'))) {
      await place(join(packagingFolder, 'icons', name), join(tree, 'usr/share/icons/hicolor', name.slice(0, -4), 'apps/overbatch.png'));
    }
    await place(join(root, 'LICENSE'), join(tree, 'usr/share/doc/overbatch/copyright'));
    await mkdir(join(tree, 'usr/bin'), { recursive: true });
    await symlink(`/${PLACE}/overbatch`, join(tree, 'usr/bin/overbatch'));
    await control(tree, electron);

    const { version, architecture } = await identity(electron);
    const file = join(output, `overbatch_${version}_${architecture}.deb`);
    const { code, output: said } = await run('dpkg-deb', ['--root-owner-group', '-Zxz', '-z1', '--build', tree, file]);
    if (code !== 0) throw new Problem(`dpkg-deb could not make the package. ${said.trim()}`);
    await rm(tree, { recursive: true });
    return [file];
  });
}

/** @param {import('./electron.mjs').PackagedElectron} electron */
async function identity({ isDevelopment }) {
  /** @type {{ version: string }} */
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const architecture = ARCHITECTURES[/** @type {'x64' | 'arm64'} */ (process.arch)];
  // A tilde sorts before the release: that one replaces it.
  return { version: isDevelopment ? `${version}~development` : version, architecture };
}

/** @param {string} tree @param {import('./electron.mjs').PackagedElectron} electron */
async function control(tree, electron) {
  const { version, architecture } = await identity(electron);
  const fields = [
    'Package: overbatch',
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    'Maintainer: The Overbatch developers <overbatch@localhost>',
    `Installed-Size: ${Math.ceil((await bytesBelow(tree)) / 1024)}`,
    `Depends: ${DEPENDS.join(', ')}`,
    'Recommends: libgl1, libsecret-1-0',
    'Section: science',
    'Priority: optional',
    'Description: train models with batches larger than memory',
    ' A workbench for people who do not program: the batch that is asked for is the one',
    ' that is trained with, inside the memory that is allowed, and what will happen is',
    ' known before Start. Nothing leaves the computer.',
    ...(electron.isDevelopment ? [' .', ' Not for distribution: this copy contains an Electron for development.'] : []),
  ];
  await mkdir(join(tree, 'DEBIAN'), { recursive: true });
  await writeFile(join(tree, 'DEBIAN/control'), `${fields.join('\n')}\n`);
}

/** @param {string} from @param {string} to */
async function place(from, to) {
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to);
}
