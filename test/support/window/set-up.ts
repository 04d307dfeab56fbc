// What windows of tests need: an Electron, its libraries, a display.
import { hasDisplay, startXvfb } from '../../../scripts/setup/display.mjs';
import { ensureElectron } from '../../../scripts/setup/electron.mjs';
import { ensureElectronLibraries } from '../../../scripts/setup/system-libraries.mjs';

export default async function setUp(): Promise<(() => void) | undefined> {
  const electron = await ensureElectron({ given: true });
  if (!electron.path) throw new Error(`There is no Electron to test with: ${electron.reason}.`);
  process.env.OVERBATCH_ELECTRON = electron.path;
  const virtual = !hasDisplay();
  await ensureElectronLibraries(electron.path, { display: virtual });
  if (!virtual) return undefined;
  const xvfb = await startXvfb();
  process.env.DISPLAY = xvfb.display;
  return xvfb.stop;
}
