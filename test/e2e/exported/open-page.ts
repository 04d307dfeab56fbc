// Opens an exported page from the disk in a browser without a network.
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { rootOnlySwitches } from '../../../scripts/setup/open-window.mjs';
import { buildProgram } from '../../support/build-program';
import { temporaryFolder } from '../../support/temporary-folder';

export interface OpenedPage {
  app: ElectronApplication;
  page: Page;
  /** What it threw, wrote to its console as an error, or asked a person in a dialog. */
  errors: string[];
  /** Addresses it asked for. */
  asked(): Promise<string[]>;
}

let program: Promise<string> | undefined;

export async function openPage(file: string): Promise<OpenedPage> {
  program ??= buildProgram('test/support/browser.ts', 'browser');
  const app = await _electron.launch({
    executablePath: process.env.OVERBATCH_ELECTRON,
    args: [await program, `--user-data-dir=${temporaryFolder()}`, ...rootOnlySwitches()],
    env: { ...(process.env as Record<string, string>), OVERBATCH_TEST_FILE: file },
    timeout: 60_000,
  });
  onTestFinished(() => app.close());
  const page = await app.firstWindow();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('dialog', (dialog) => {
    errors.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const asked = () => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  return { app, page, errors, asked };
}
