// The stages of `npm test` that need more than one program: each sets up what it needs and returns its counts.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuild } from '../setup/build.mjs';
import { hasDisplay, startXvfb } from '../setup/display.mjs';
import { ensureElectron } from '../setup/electron.mjs';
import { ensureNode24 } from '../setup/node24.mjs';
import { root } from '../setup/paths.mjs';
import { sentenceOf } from '../setup/problem.mjs';
import { ensureCompiler, ensureElectronLibraries } from '../setup/system-libraries.mjs';
import { withoutNetwork } from './without-network.mjs';
import { sum, tally } from './tally.mjs';
import { runVitest } from './vitest.mjs';

/** Where the native engine and Electron may not be missing: CI, and whoever asks for it. @param {NodeJS.ProcessEnv} env */
export const isStrict = (env) => env.CI === 'true' || env.CI === '1' || env.OVERBATCH_REQUIRE_NATIVE === '1';
const STRICT = isStrict(process.env);

/** @param {string} what @param {string} reason */
function skipped(what, reason) {
  console.log(`  skipped ${what}: ${reason}`);
  return tally({ skipped: 1 });
}

/** @param {string} what @param {string} reason */
function missing(what, reason) {
  if (!STRICT) return skipped(what, reason);
  console.log(`  FAILED  ${what}: ${reason}`);
  return tally({ failed: 1, failures: [`${what}: ${reason}`] });
}

export async function build() {
  await ensureBuild();
  return tally({ passed: 1 });
}

/** The German catalogue against what the build before found in the sources. What reads both is there once dependencies are installed. */
export async function words() {
  const [{ readCatalogue }, { faults }, { foundIn }, { PARTS }] = await Promise.all([
    import('../language/catalogue.mjs'),
    import('../language/complete.mjs'),
    import('../language/find.mjs'),
    import('../language/parts.mjs'),
  ]);
  const found = await Promise.all(PARTS.map((part) => foundIn(join(root, 'out', 'words', part))));
  const failures = faults(found.flat(), await readCatalogue(root));
  for (const failure of failures.slice(0, 50)) console.log(`  ${failure}`);
  if (failures.length > 50) console.log(`  … and ${failures.length - 50} more. npm run words brings the catalogue in step.`);
  return failures.length === 0
    ? tally({ passed: 1 })
    : tally({ failed: 1, failures: [`the German catalogue has ${failures.length} faults, the first: ${failures[0]}`] });
}

export async function nativeEngine() {
  await ensureCompiler().catch((error) => console.log(`  ${sentenceOf(error)}`));
  const { status } = spawnSync(process.execPath, [join(root, 'out/main/cli.js'), 'engine', 'install', 'cpu'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) return missing('the native engine', 'it could not be installed, for the reason above; WebAssembly is tested alone');
  process.env.OVERBATCH_REQUIRE_NATIVE = '1'; // From here on a test that does not find it fails.
  return tally({ passed: 1 });
}

export const unitTests = () => runVitest('unit', []);

/** The same tests as in the stage before; there libsql answered on older Node, here better-sqlite3 does. */
export async function storeOnNode24() {
  const node = await ensureNode24();
  if (!node) return skipped('the store on Node 24', 'npm carries no Node 24 binary for this platform; run npm test on Node 24');
  return runVitest('store-node24', ['test/store'], { node });
}

export async function endToEnd() {
  const electron = await ensureElectron({ given: true });
  if (!electron.path) return missing('the window', electron.reason);
  const virtual = !hasDisplay();
  try {
    await ensureElectronLibraries(electron.path, { display: virtual, offline: true });
  } catch (error) {
    return missing('the window', sentenceOf(error));
  }
  const xvfb = virtual ? await startXvfb() : undefined;
  try {
    const env = { OVERBATCH_ELECTRON: electron.path, ...(xvfb && { DISPLAY: xvfb.display }) };
    const config = ['--config', 'vitest.e2e.config.mts'];
    const prefix = withoutNetwork();
    const offline = prefix
      ? runVitest('e2e-offline', [...config, '--project', 'offline'], { env, prefix })
      : skipped('the window without network', 'this system lets nobody make a network namespace (unshare)');
    return sum(await Promise.all([runVitest('e2e', [...config, '--project', 'window'], { env }), offline]));
  } finally {
    xvfb?.stop();
  }
}
