// The app started twice on one data folder: one of them works, and the other's start only shows its window.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { launchApp, startAgain } from '#test/e2e/launch';
import { temporaryFolder } from '#test/support/temporary-folder';
import { rootOnlySwitches } from '../../../scripts/setup/open-window.mjs';

const ROOT = resolve(import.meta.dirname, '../../..');

/** The code or the signal, or null while it goes on. */
const endedBy = ({ exitCode, signalCode }: ChildProcess): number | string | null => exitCode ?? signalCode;

/** As a person starts it, without anybody who drives it. */
function startApp(dataFolder: string): ChildProcess {
  const args = [ROOT, `--user-data-dir=${dataFolder}`, ...rootOnlySwitches()];
  const app = spawn(process.env.OVERBATCH_ELECTRON!, args, { env: { ...process.env, OVERBATCH_DATA: dataFolder }, stdio: 'ignore' });
  onTestFinished(async () => {
    if (endedBy(app) !== null) return;
    app.kill('SIGKILL');
    await once(app, 'exit');
  });
  return app;
}

/** How often the app has begun its work there. */
function begun(dataFolder: string): number {
  try {
    return readFileSync(join(dataFolder, 'logs', 'overbatch.log'), 'utf8').match(/\[main\] Overbatch .* on Electron/g)?.length ?? 0;
  } catch {
    return 0;
  }
}

test('a second start shows the window of the first and ends', async () => {
  const { app, dataFolder } = await launchApp();
  // No window manager here minimizes or raises anything: how often the window is asked to come to the front is counted.
  const fronted = () => app.evaluate(() => (globalThis as { fronted?: number }).fronted);
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const focus = window.focus.bind(window);
    const counted = globalThis as { fronted?: number };
    counted.fronted = 0;
    window.focus = () => {
      counted.fronted!++;
      focus();
    };
  });
  expect(await fronted()).toBe(0);
  await startAgain(dataFolder);
  await expect.poll(fronted).toBe(1);
  expect(app.windows()).toHaveLength(1);
  expect(begun(dataFolder)).toBe(1);
});

test('of two starts at the same moment one works and the other ends', async () => {
  const dataFolder = temporaryFolder();
  const both = [startApp(dataFolder), startApp(dataFolder)];
  const [code] = (await Promise.race(both.map((app) => once(app, 'exit')))) as [number | null];
  expect(code).toBe(0);
  await expect.poll(() => begun(dataFolder), { timeout: 30_000 }).toBe(1);
  expect(both.map(endedBy).filter((end) => end === null)).toHaveLength(1);
});

test('two starts on two data folders are two apps', async () => {
  const folders = [temporaryFolder(), temporaryFolder()];
  const both = folders.map(startApp);
  const seen = () => both.map((app, at) => ({ begun: begun(folders[at]), ended: endedBy(app) }));
  await expect.poll(seen, { timeout: 30_000 }).toEqual(both.map(() => ({ begun: 1, ended: null })));
});
