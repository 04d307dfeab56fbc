// Hands hostile input to a process of its own, one after the other, and says what became of each: read, refused, or why it died.
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostileAnswer, HostileInput, HostileOutcome } from './protocol';

/** Of wall time, on a machine that may be busy. */
const HANG_MS = 2_000;

export class HostileHost {
  peakBytes = 0;
  slowestMs = 0;
  readonly #folder = mkdtempSync(join(tmpdir(), 'overbatch-hostile-'));
  #child: ChildProcess | undefined;

  constructor(private readonly program: string) {}

  async read(input: HostileInput): Promise<HostileOutcome> {
    this.#child ??= await this.#start();
    const child = this.#child;
    const started = performance.now();
    const outcome = await new Promise<HostileOutcome>((resolve) => {
      const timer = setTimeout(() => resolve({ kind: 'hang' }), HANG_MS);
      const settle = (found: HostileOutcome) => {
        clearTimeout(timer);
        child.removeAllListeners();
        resolve(found);
      };
      child.once('message', ({ outcome: found, peakBytes }: HostileAnswer) => {
        this.peakBytes = Math.max(this.peakBytes, peakBytes);
        settle(found);
      });
      child.once('exit', (code, signal) => settle({ kind: 'crash', how: signal ?? `code ${code}` }));
      child.send(input);
    });
    this.slowestMs = Math.max(this.slowestMs, performance.now() - started);
    if (outcome.kind === 'hang' || outcome.kind === 'crash') this.#end();
    return outcome;
  }

  close(): void {
    this.#end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Answers when it reads, so that its start counts for no input. */
  async #start(): Promise<ChildProcess> {
    const child = fork(this.program, [join(this.#folder, 'input')], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const ready = new Promise((resolve) => child.once('message', resolve));
    child.send({ kind: 'picture', bytes: new Uint8Array() } satisfies HostileInput);
    await ready;
    return child;
  }

  #end(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }
}
