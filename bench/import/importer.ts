// One import in a process of its own, as the app and the command line host it.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { failureSentence } from '#shared/failure';
import type { ImporterCommand, ImporterMessage } from '#shared/trainer-messages';

const PROGRAM = join(__dirname, '..', 'main', 'importer.js');
const LOOK_EVERY_MS = 50;

export interface Measured {
  /** From its command to its answer; the process starts inside it. */
  milliseconds: number;
  /** Of this process and the importing one together, looked at twenty times a second. */
  peakBytes: number;
}

export async function measuredImport(folder: string, side: number, into: string): Promise<Measured> {
  const child = fork(PROGRAM, [], { serialization: 'advanced' });
  const start = performance.now();
  let milliseconds: number | undefined;
  let peakBytes = 0;
  const done = new Promise<void>((resolve, reject) => {
    child.on('exit', (code, signal) => reject(new Error(`The importing process ended: ${signal ?? code}.`)));
    child.on('message', (message: ImporterMessage) => {
      if (message.kind === 'failure') reject(new Error(failureSentence(message.failure)));
      if (message.kind !== 'imported') return;
      milliseconds = performance.now() - start;
      resolve();
    });
  });
  child.send({ kind: 'import', folder, options: { width: side, height: side, channels: 3 }, into } satisfies ImporterCommand);
  const watch = async (): Promise<void> => {
    while (milliseconds === undefined) {
      peakBytes = Math.max(peakBytes, residentBytes(process.pid) + residentBytes(child.pid!));
      await sleep(LOOK_EVERY_MS);
    }
  };
  try {
    await Promise.race([done, watch()]);
    return { milliseconds: milliseconds!, peakBytes };
  } finally {
    child.removeAllListeners();
    child.kill('SIGKILL');
  }
}

const residentBytes = (pid: number): number => 1024 * Number(/VmRSS:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
