// Starts a program once this process has ended, with the rights that this one has.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const SHELL = '/bin/bash';

// Chromium leaves files open to whoever is started: its own helpers would live on in them, and so would a debugger's port.
const ONCE_IT_HAS_ENDED =
  'for file in /proc/self/fd/*; do ((${file##*/} > 2)) && eval "exec ${file##*/}>&-"; done; read -r; exec "$@" </dev/null';

/**
 * On Linux, where there is a shell that waits until this process, however it ends, lets go of the other side of its input.
 * Electron's app.relaunch takes the right to gain rights from what it starts there (electron#41463), and where Chromium's sandbox
 * is a helper that needs it, the app would never come back.
 * @returns the process that waits; undefined where nothing can
 */
export function startAfter(program: string, words: readonly string[]) {
  if (process.platform !== 'linux' || !existsSync(SHELL)) return undefined;
  const waiting = spawn(SHELL, ['-c', ONCE_IT_HAS_ENDED, 'overbatch', program, ...words], {
    detached: true,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  waiting.unref();
  return waiting;
}
