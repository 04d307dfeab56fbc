// npm run bench: sets up both sides, PyTorch in an environment of its own, and lets them compete (bench/driver.ts); `-- mbp`: bench/mbp;
// `-- exact`: bench/exact-batch-norm.ts; `-- import`: bench/import; `-- savers`: bench/savers.ts; `-- forecast`: bench/forecast.ts; `-- defaults`: bench/defaults.ts;
// `-- epoch-time`: bench/epoch-time.ts; `-- step-times`, `-- step-fit`: bench/step-times.ts, bench/step-fit.ts; `-- start`: bench/start.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensurePyTorch } from '../bench/pytorch/environment.mjs';
import { ensureBuild } from './setup/build.mjs';
import { lastLines, run } from './setup/command.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { hasDisplay, startXvfb } from './setup/display.mjs';
import { ensureElectron } from './setup/electron.mjs';
import { requireNode } from './setup/node-version.mjs';
import { root } from './setup/paths.mjs';
import { Problem, runCommand, sentenceOf } from './setup/problem.mjs';
import { ensurePython } from './setup/python.mjs';
import { ensureCompiler, ensureElectronLibraries } from './setup/system-libraries.mjs';

async function buildBench() {
  const outcome = await run(
    process.execPath,
    [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '-c', 'bench/electron.vite.config.ts'],
    { cwd: root, env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: undefined } },
  );
  if (outcome.code !== 0) throw new Problem(`The bench could not be built. Correct what is named here:\n${lastLines(outcome.output, 20)}`);
}

function installEngine() {
  const { status } = spawnSync(process.execPath, [join(root, 'out/main/cli.js'), 'engine', 'install', 'cpu'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Problem('The native engine is what is compared, and it could not be installed for the reason above.');
}

/** @returns {Promise<string | undefined>} */
async function electronIfAny() {
  const { path, reason } = await ensureElectron({ given: true });
  if (!path) {
    process.stderr.write(`Without Electron: ${reason}.\n`);
    return undefined;
  }
  await ensureElectronLibraries(path, { display: !hasDisplay() });
  return path;
}

/** What has nobody to compete with: nothing but the engine is set up. */
const ALONE = ['mbp', 'exact', 'input', 'savers', 'defaults', 'forecast', 'epoch-time', 'step-times', 'step-fit'];

/**
 * @param {string} program
 * @param {string[]} words
 */
function benchAlone(program, words) {
  return spawnSync(process.execPath, [join(root, `out/bench/${program}.js`), ...words], { stdio: 'inherit' }).status ?? 1;
}

/** The app itself, on a display. @param {string[]} words */
async function benchStart(words) {
  await ensureBuild();
  await buildBench();
  const electron = await electronIfAny();
  if (!electron) return 1;
  const xvfb = hasDisplay() ? undefined : await startXvfb();
  try {
    if (xvfb) process.env.DISPLAY = xvfb.display;
    return benchAlone('start', ['--electron', electron, '--root', root, ...words]);
  } finally {
    xvfb?.stop();
  }
}

await runCommand(async () => {
  requireNode();
  await ensureDependencies();
  const [first, ...words] = process.argv.slice(2);
  if (first === 'start') return benchStart(words);
  if (first === 'import') {
    const python = await ensurePython(
      'reference',
      join(root, 'test/support/reference/requirements.txt'),
      'Pillow and NumPy for the comparison',
    );
    await ensureBuild();
    await buildBench();
    return benchAlone(first, ['--python', python, '--sources', join(root, 'bench'), ...words]);
  }
  await ensureCompiler(); // torch.compile needs it as well
  await ensureBuild();
  installEngine();
  if (ALONE.includes(first)) {
    await buildBench();
    return benchAlone(first, words);
  }
  const python = await ensurePyTorch();
  await buildBench();
  const electron = await electronIfAny().catch((error) => void process.stderr.write(`Without Electron: ${sentenceOf(error)}\n`));
  const xvfb = electron && !hasDisplay() ? await startXvfb() : undefined;
  try {
    const programs = { python, electron, sources: join(root, 'bench'), built: join(root, 'out/bench') };
    const env = { ...process.env, OVERBATCH_BENCH_PROGRAMS: JSON.stringify(programs), ...(xvfb && { DISPLAY: xvfb.display }) };
    const { status } = spawnSync(process.execPath, [join(root, 'out/bench/driver.js'), ...process.argv.slice(2)], {
      env,
      stdio: 'inherit',
    });
    return status ?? 1;
  } finally {
    xvfb?.stop();
  }
});
