// electron-builder's work: Electron with our app in its archive, its fuses set, and the files one downloads.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stage } from '../setup/progress.mjs';
import { packagingFolder, packagingTool } from './tools.mjs';
import { BESIDE } from './stage.mjs';

/** Fuses that exist since a version of Electron; the others are older than all that run Overbatch. */
const SINCE_29 = { grantFileProtocolExtraPrivileges: false };

/**
 * The program does what this app is for and nothing else: no Node for whoever starts it with a variable set, no debugger, no other app's code.
 * @param {string} version Electron's
 */
export const fuses = (version) => ({
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableCookieEncryption: true,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  ...(Number.parseInt(version) >= 29 ? SINCE_29 : {}),
});

/**
 * @param {{ staged: string, electron: import('./electron.mjs').PackagedElectron, output: string }} given
 * @returns {Promise<{ folder: string, files: string[] }>} the unpacked application, and what is to be downloaded
 */
export function buildApplication({ staged, electron, output }) {
  return stage(`Packaging with Electron ${electron.version}`, async () => {
    const { build, Platform } = packagingTool('electron-builder');
    /** @type {string[]} */
    const made = await build({
      targets: Platform.current().createTarget(),
      config: configuration(staged, electron, output),
      projectDir: staged,
    });
    const files = made.filter((file) => /\.(exe|dmg)$/.test(file));
    return { folder: join(output, UNPACKED[process.platform] ?? ''), files };
  });
}

/** @type {Partial<Record<NodeJS.Platform, string>>} */
const UNPACKED = { linux: 'linux-unpacked', win32: 'win-unpacked', darwin: process.arch === 'arm64' ? 'mac-arm64' : 'mac' };

/** @param {string} staged @param {import('./electron.mjs').PackagedElectron} electron @param {string} output */
function configuration(staged, electron, output) {
  const mark = electron.isDevelopment ? '-not-for-distribution' : '';
  return {
    appId: 'org.overbatch.Overbatch',
    productName: 'Overbatch',
    copyright: 'Apache License 2.0',
    directories: { app: join(staged, 'app'), output, buildResources: packagingFolder },
    electronDist: electron.folder,
    electronVersion: electron.version,
    electronFuses: fuses(electron.version),
    // What stands in for an app in the copy for development.
    afterExtract: (/** @type {{ appOutDir: string }} */ { appOutDir }) =>
      rm(join(appOutDir, 'resources', 'app'), { recursive: true, force: true }),
    // The packages were collected already: none is to be looked for.
    beforeBuild: async () => false,
    files: ['**/*', { from: 'node_modules', to: 'node_modules', filter: ['**/*'] }],
    // Of Chromium's own words, which take 30 MB in all languages: English, and the one that the app is to speak next.
    electronLanguages: ['en-US', 'en-GB', 'de'],
    asar: true,
    // Threads are started from files, and the system's loader reads no archives.
    asarUnpack: ['out/main/{trainer,importer,keeper,sample-worker}.js', 'out/main/chunks/**', '**/*.{node,wasm}'],
    extraResources: [{ from: join(staged, BESIDE), to: '.' }],
    artifactName: `\${name}-\${version}-\${os}-\${arch}${mark}.\${ext}`,
    // Windows and macOS know a file by what stands behind its last dot; Linux by packaging/linux.
    fileAssociations: [{ ext: 'obruns', name: 'Overbatch runs', description: 'Runs exported by Overbatch', role: 'Viewer' }],
    linux: { target: ['dir'], executableName: 'overbatch', icon: 'icons', category: 'Science' },
    // Neither is tried yet: docs/packaging.md.
    win: { target: ['nsis'], icon: 'icons/icon.ico' },
    nsis: { oneClick: true, perMachine: false, deleteAppDataOnUninstall: false },
    mac: {
      target: ['dmg'],
      icon: 'icons/icon.icns',
      category: 'public.app-category.education',
      hardenedRuntime: true,
      entitlements: 'mac/entitlements.plist',
      entitlementsInherit: 'mac/entitlements.plist',
      extendInfo: {
        NSCameraUsageDescription: 'Try it shows what your model sees in the camera’s picture. No picture leaves this computer.',
      },
    },
    // Nothing asks for updates; signing is by the variables that electron-builder reads.
    publish: null,
  };
}
