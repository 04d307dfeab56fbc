// A display to open windows on: the person's own, or for tests an Xvfb that lives as long as they do.
import { spawn } from 'node:child_process';
import { Problem } from './problem.mjs';

/** @param {NodeJS.ProcessEnv} env @param {NodeJS.Platform} platform */
export const hasDisplay = (env = process.env, platform = process.platform) =>
  platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);

/** @returns {Promise<{ display: string, stop: () => void }>} display is e.g. ":99"; Xvfb picks a free number itself */
export function startXvfb() {
  return new Promise((resolve, reject) => {
    const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const stop = () => void child.kill();
    process.once('exit', stop);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1)); // so that 'exit' is heard
    const problem = new Problem(
      'No virtual display could be started. Install Xvfb (apt-get install -y xvfb) and run the same command again.',
    );
    child.once('error', () => reject(problem));
    child.once('exit', () => reject(problem));
    const numbers = /** @type {import('node:stream').Readable} */ (child.stdio[3]);
    let text = '';
    // Number and line end come in two writes, and a pipe closed between them would end Xvfb.
    numbers.setEncoding('utf8').on('data', (piece) => {
      text += piece;
      if (!text.endsWith('\n')) return;
      child.unref();
      resolve({ display: `:${text.trim()}`, stop });
    });
  });
}
