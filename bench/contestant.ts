// One contestant: a process of its own that sleeps until the bench asks it something.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Answers, Greeting, Request } from './protocol';

/** Whose work it is. */
export type Side = 'overbatch' | 'pytorch' | 'mbp-pytorch';

export interface ContestantOptions {
  label: string;
  /** Program and arguments. */
  command: string[];
  side: Side;
  /** Beside this process's own. */
  env?: Record<string, string>;
}

const LAST_WORDS = 4000;
const STOP_MS = 5000;

export class Contestant {
  readonly label: string;
  readonly side: Side;
  version = '';
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;
  private said = '';

  private constructor(
    { label, command: [program, ...args], side, env: own }: ContestantOptions,
    folder: string,
    env: Record<string, string>,
  ) {
    this.label = label;
    this.side = side;
    this.child = spawn(program, args, { cwd: folder, env: { ...process.env, ...own, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.said = (this.said + text).slice(-LAST_WORDS)));
    this.child.on('error', (error) => (this.said += error.message));
    this.child.stdin?.on('error', () => {}); // Its death is told by the answer that does not come.
    this.lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  /** Resolves when its library is loaded. Whatever it writes beside its answers goes to `folder`. */
  static async start(options: ContestantOptions, folder: string, env: Record<string, string> = {}): Promise<Contestant> {
    const contestant = new Contestant(options, folder, env);
    contestant.version = (await contestant.nextAnswer<Greeting>()).version;
    return contestant;
  }

  /** @throws Error with its last words when the process ended instead of answering */
  async ask<R extends Request>(request: R): Promise<Answers[R['kind']]> {
    this.child.stdin?.write(`${JSON.stringify(request)}\n`);
    return this.nextAnswer<Answers[R['kind']]>();
  }

  stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null || this.child.pid === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      this.child.once('close', () => resolve());
      this.child.stdin?.end();
      const killing = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
      this.child.once('close', () => clearTimeout(killing));
    });
  }

  private async nextAnswer<T>(): Promise<T> {
    for (;;) {
      const { value, done } = await this.lines.next();
      if (done) throw new Error(`${this.label} ended without an answer. Its last words:\n${this.said}`);
      if (value.startsWith('{')) return JSON.parse(value) as T;
    }
  }
}
