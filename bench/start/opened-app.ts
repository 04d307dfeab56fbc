// The app as a person starts it, with a way to ask its page: spawned, found, closed.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { DEBUG_SWITCH, DebugPipe } from './debug-pipe';

/** A program and what comes behind its name. */
export type Command = readonly [program: string, ...args: string[]];

const PATIENCE_MS = 60_000;
const PAGE = 'app://overbatch/';

export class OpenedApp {
  readonly #child: ChildProcess;
  readonly #pipe: DebugPipe;
  #session = '';

  private constructor(
    [program, ...args]: Command,
    dataFolder: string,
    /** When it was spawned, in milliseconds since 1970: the page's clock is that, too. */
    readonly spawnedAt = performance.timeOrigin + performance.now(),
  ) {
    this.#child = spawn(program, [...args, `--user-data-dir=${dataFolder}`, DEBUG_SWITCH], {
      env: { ...process.env, OVERBATCH_DATA: dataFolder },
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    this.#pipe = new DebugPipe(this.#child);
  }

  /** Resolves when its page can be asked, which is before it has loaded. */
  static async open(command: Command, dataFolder: string): Promise<OpenedApp> {
    const app = new OpenedApp(command, dataFolder);
    const target = await app.#pageFound();
    ({ sessionId: app.#session } = await app.#pipe.ask<{ sessionId: string }>('Target.attachToTarget', {
      targetId: target,
      flatten: true,
    }));
    return app;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** The value of an expression in the page, awaited there. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.#pipe.ask<{
      result: { value: T };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, allowUnsafeEvalBlockedByCSP: true }, this.#session);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** As a mouse does, in the middle of the first element of that selector. */
  async click(selector: string): Promise<void> {
    const [x, y] = await this.evaluate<[number, number]>(
      `(({ x, y, width, height }) => [x + width / 2, y + height / 2])(document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect())`,
    );
    for (const type of ['mouseMoved', 'mousePressed', 'mouseReleased'])
      await this.#pipe.ask('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 }, this.#session);
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    await this.#pipe.ask('Browser.close').catch(() => {});
    await ended;
    clearTimeout(late);
  }

  #pageFound(): Promise<string> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string) => reject(new Error(reason));
      const late = setTimeout(() => {
        this.#child.kill('SIGKILL');
        fail(`The app showed no page within ${PATIENCE_MS / 1000} seconds.`);
      }, PATIENCE_MS);
      this.#child.once('exit', (code) => fail(`The app ended with ${code} before it showed a page.`));
      this.#child.once('error', (error) => fail(error.message));
      this.#pipe.on((method, params) => {
        const { targetInfo } = params as { targetInfo?: { targetId: string; type: string; url: string } };
        if (!/^Target\.target(Created|InfoChanged)$/.test(method) || !targetInfo?.url.startsWith(PAGE)) return;
        clearTimeout(late);
        resolve(targetInfo.targetId);
      });
      void this.#pipe.ask('Target.setDiscoverTargets', { discover: true }).catch(() => {});
    });
  }
}
