// A native dialog answered as a person does, by typing: in a packaged app no variable answers in a person's place.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'vitest';

const run = promisify(execFile);

/** @param display e.g. ":99" @param path what is saved */
export async function answerSaveDialog(display: string, path: string): Promise<void> {
  const xdotool = async (...args: string[]): Promise<string> =>
    (await run('xdotool', args, { env: { ...process.env, DISPLAY: display } }).catch(() => ({ stdout: '' }))).stdout.trim();
  const windows = async () => (await xdotool('search', '--onlyvisible', '--name', '^Save as$')).split('\n').filter(Boolean);
  await expect.poll(windows, { timeout: 20_000, message: 'the dialog is open' }).not.toEqual([]);
  const [dialog] = await windows();
  // Without a window manager nobody gives it the keyboard.
  await xdotool('windowfocus', '--sync', dialog);
  await xdotool('key', 'ctrl+a');
  await xdotool('type', '--delay', '20', path);
  await xdotool('key', 'Return');
  await expect.poll(windows, { timeout: 20_000, message: 'the dialog is closed' }).toEqual([]);
}
