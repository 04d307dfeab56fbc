// Starts the app in the given Electron and waits for its end.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';
import { Problem } from './problem.mjs';

/** Chromium refuses its sandbox to root; nobody else gets this switch, and the product never passes it itself. */
export const rootOnlySwitches = () => (process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []);

// Chromium's own log ("[4711:1123/202151.6:ERROR:bus.cc(399)] …") tells a person nothing; OVERBATCH_DEBUG=1 shows it.
const CHROMIUM_LOG = /^\[\d+:\d{4}\//;

/** @param {string} electron @param {string[]} args @returns {Promise<number>} its exit code */
export function openWindow(electron, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(electron, [root, ...rootOnlySwitches(), ...args], { stdio: ['inherit', 'inherit', 'pipe'] });
    let noSandbox = false;
    child.stderr.on('data', (bytes) => {
      noSandbox ||= /SUID sandbox helper|No usable sandbox/.test(String(bytes));
      if (process.env.OVERBATCH_DEBUG || !CHROMIUM_LOG.test(String(bytes))) process.stderr.write(bytes);
    });
    // A terminal's Ctrl-C reaches the app by itself; a signal sent to this process alone has to be passed on.
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => void child.kill(signal));
    process.on('SIGINT', () => {});
    child.on('error', (error) =>
      reject(new Problem(`The app could not be started (${error.message}). Delete ${dirname(electron)} and run npm start again.`)),
    );
    child.on('close', (code, signal) => {
      const helper = join(dirname(electron), 'chrome-sandbox');
      if (noSandbox)
        reject(
          new Problem(
            `This system denies the app its sandbox. Run: sudo chown root:root "${helper}" && sudo chmod 4755 "${helper}" (and then npm start again).`,
          ),
        );
      else resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
