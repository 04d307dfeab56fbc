// Looks at the running app again and again: each minute at what its processes hold, every other second at those that do one job and end.
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, ElectronApplication, Page } from 'playwright-core';
import { appProcesses, programNames, startedAt } from '../app-processes';
import { processPeakBytes } from '../process-peak';
import type { JobPeak, Reading } from './verdict';

const JOBS_EVERY_MS = 2_000;

/** Tells processes of one number apart, since the system gives numbers again. */
const identity = (pid: number): string => `${pid} since ${startedAt(pid)}`;

export class SoakWatch {
  readonly readings: Reading[] = [];
  readonly peaks: JobPeak[] = [];
  readonly #start = performance.now();
  readonly #seen = new Map<string, string>();
  /** Of this round, by role. */
  readonly #round = new Map<string, number>();
  readonly #timers: NodeJS.Timeout[];
  #protocol?: CDPSession;
  #busy = false;

  /** @param file each reading is written there at once, a line of JSON, so that a soak that is cut off has told what it saw */
  constructor(
    private readonly app: ElectronApplication,
    private readonly page: Page,
    private readonly file: string,
    everySeconds: number,
  ) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
    const quietly = (work: () => Promise<void>) => () =>
      void work().catch((error: unknown) => console.warn(`No reading: ${String(error)}`));
    this.#timers = [
      setInterval(
        quietly(() => this.read()),
        1_000 * everySeconds,
      ),
      setInterval(
        quietly(() => this.#lookAtJobs()),
        JOBS_EVERY_MS,
      ),
    ];
  }

  get minute(): number {
    return (performance.now() - this.#start) / 60_000;
  }

  async read(atRest = false): Promise<void> {
    if (this.#busy) return atRest ? this.#later() : undefined;
    this.#busy = true;
    try {
      const processes = appProcesses(this.#root, await programNames(this.app));
      for (const { pid, role } of processes) this.#note(pid, role);
      this.#protocol ??= await this.page.context().newCDPSession(this.page);
      await this.#protocol.send('Performance.enable');
      const { metrics } = await this.#protocol.send('Performance.getMetrics');
      const metric = (name: string): number => metrics.find((one) => one.name === name)?.value ?? NaN;
      const reading = { minute: this.minute, atRest, processes, nodes: metric('Nodes'), listeners: metric('JSEventListeners') };
      this.readings.push(reading);
      appendFileSync(this.file, `${JSON.stringify({ ...reading, heap: metric('JSHeapUsedSize') })}\n`);
    } finally {
      this.#busy = false;
    }
  }

  async #later(): Promise<void> {
    await wait(JOBS_EVERY_MS);
    return this.read(true);
  }

  /** The largest of each role since the last time this was called. */
  endRound(): void {
    for (const [role, bytes] of this.#round) this.peaks.push({ minute: this.minute, role, bytes });
    this.#round.clear();
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** Those that are still there, now that the app has ended. */
  orphans(): string[] {
    return [...this.#seen].filter(([seen]) => identity(Number.parseInt(seen)) === seen).map(([seen, role]) => `${role}, ${seen}`);
  }

  get #root(): number {
    return this.app.process().pid!;
  }

  /** Unless it has just ended. */
  #note(pid: number, role: string): void {
    if (!Number.isNaN(startedAt(pid))) this.#seen.set(identity(pid), role);
  }

  async #lookAtJobs(): Promise<void> {
    for (const [pid, role] of await programNames(this.app)) {
      this.#note(pid, role);
      const bytes = peakOf(pid);
      this.#round.set(role, Math.max(bytes, this.#round.get(role) ?? 0));
    }
  }
}

/** 0 where it has just ended. */
function peakOf(pid: number): number {
  try {
    return processPeakBytes(pid) || 0;
  } catch {
    return 0;
  }
}

/** Of the app's log: what tells of a fault, without what TensorFlow says of itself at each start. */
export const faultsIn = (log: string): string[] =>
  readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => /error|exception|unhandled|fault|stopped unexpectedly|could not|cannot|failed|\bat .*:\d+:\d+/i.test(line))
    .filter((line) => !/may see slightly different numerical results due to floating-point round-off errors/.test(line));
