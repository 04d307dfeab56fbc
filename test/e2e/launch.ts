// Opens the real app on a data folder of its own and hands it to a test; closed after the test, whatever happens.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, errors as playwrightErrors, type ElectronApplication, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { rootOnlySwitches } from '../../scripts/setup/open-window.mjs';

const root = resolve(import.meta.dirname, '../..');
const WAIT_FOR_PLAYWRIGHT = join(root, 'test/support/window/wait-for-playwright.cjs');

export interface LaunchOptions {
  /** Default: a fresh temporary one, removed after the test. Give the first launch's again to test a restart. */
  dataFolder?: string;
  env?: Record<string, string>;
  args?: string[];
}

export interface LaunchedApp {
  app: ElectronApplication;
  page: Page;
  dataFolder: string;
  /** Errors the page threw or wrote to its console. */
  errors: string[];
  close(): Promise<void>;
}

/** Where screenshots go: test-results/<name>.png. */
export const screenshotPath = (name: string): string => join(root, 'test-results', `${name.replace(/[^\w-]+/g, '-')}.png`);

function appEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  // What vitest and npm set would make the app another one than a person starts.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV$|NODE_OPTIONS$|TEST$|npm_|ELECTRON_RUN)/.test(name));
  return { ...(Object.fromEntries(inherited) as Record<string, string>), ...extra };
}

/** A start of Electron that never answers Playwright, or that a busy display turns away (one in hundreds), is tried once more; its whole log is kept in the output. */
async function start(settings: NonNullable<Parameters<typeof _electron.launch>[0]>): Promise<ElectronApplication> {
  try {
    return await _electron.launch({ ...settings, timeout: 30_000 });
  } catch (error) {
    if (!(error instanceof playwrightErrors.TimeoutError) && !String(error).includes('Missing X server')) throw error;
    console.warn(`Electron was started again: ${String(error)}`);
    return _electron.launch({ ...settings, timeout: 60_000 });
  }
}

/** As a person who starts the app while it runs: this second process hands over to the first, with the files it is given, and ends. */
export async function startAgain(dataFolder: string, files: readonly string[] = []): Promise<void> {
  const args = [root, `--user-data-dir=${dataFolder}`, ...rootOnlySwitches(), ...files];
  const second = spawn(process.env.OVERBATCH_ELECTRON!, args, { env: appEnvironment({ OVERBATCH_DATA: dataFolder }), stdio: 'ignore' });
  onTestFinished(() => void second.kill('SIGKILL'));
  await once(second, 'exit');
}

export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'overbatch-e2e-')));
  // Registered first, so that it runs last, and also after a launch that failed.
  onTestFinished(() => (options.dataFolder ? undefined : rm(dataFolder, { recursive: true, force: true, maxRetries: 5 })));
  const app = await start({
    executablePath: process.env.OVERBATCH_ELECTRON,
    args: [WAIT_FOR_PLAYWRIGHT, root, `--user-data-dir=${dataFolder}`, ...rootOnlySwitches(), ...(options.args ?? [])],
    env: appEnvironment({ OVERBATCH_DATA: dataFolder, OVERBATCH_TEST_RESTART: 'none', ...options.env }),
  });

  let open = true;
  app.once('close', () => (open = false));
  const close = async () => {
    if (!open) return;
    const kill = setTimeout(() => app.process().kill('SIGKILL'), 10_000);
    await app.close();
    clearTimeout(kill);
  };
  // Not onTestFailed: it runs after this, when the window is closed.
  onTestFinished(async ({ task }) => {
    const [window] = app.windows();
    if (task.result?.state === 'fail' && window)
      await window.screenshot({ path: screenshotPath(`failed-${task.name}`) }).catch(() => undefined);
    await close();
  });

  const page = await app.firstWindow();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  // Until it is shown the window has no size, and no picture can be taken of it. No frames are drawn then: so not asked once a frame.
  await page.waitForFunction(() => innerWidth > 0, undefined, { polling: 50 });
  return { app, page, dataFolder, errors, close };
}
