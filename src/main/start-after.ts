// Starts a program once this process has ended, with the rights that this one has.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const SHELL = '/bin/bash';

// Its input ends a little before it does. A process that nobody has taken note of yet still has a folder, but no words.
// @wc-ignore
const ENDS = 'while read -r -d "" said <"/proc/$0/cmdline" && [[ $said ]]; do sleep 0.05; done 2>/dev/null';

// Chromium leaves files open to whoever is started: its own helpers would live on in them, and so would a debugger's port.
const CLOSES = 'for file in /proc/self/fd/*; do ((${file##*/} > 2)) && eval "exec ${file##*/}>&-"; done';
// @wc-ignore
const ONCE_IT_HAS_ENDED = `${CLOSES}; read -r; ${ENDS}; exec "$@" </dev/null`;

/**
 * On Linux, where there is a shell: it waits until this process, however it ends, lets go of the other side of its input, and is gone.
 * Electron's app.relaunch takes the right to gain rights from what it starts there (electron#41463), and where Chromium's sandbox
 * is a helper that needs it, the app would never come back.
 * @returns the process that waits; undefined where nothing can
 */
export function startAfter(program: string, words: readonly string[]) {
  if (process.platform !== 'linux' || !existsSync(SHELL)) return undefined;
  const waiting = spawn(SHELL, ['-p', '-c', ONCE_IT_HAS_ENDED, String(process.pid), program, ...words], {
    detached: true,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  waiting.on('error', () => {});
  waiting.unref();
  return waiting.pid === undefined ? undefined : waiting;
}
