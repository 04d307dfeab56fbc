// The importing process as it ships, built once for a test file and run by Node, where the app runs it as Electron's utility process.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ImporterCommand, ImporterMessage } from '#shared/trainer-messages';
import { buildProgram } from '#test/support/build-program';
import { processPeakBytes } from '#test/support/process-peak';

/** Answers the program's path. `name`: of a test file that may run beside another which builds it. */
export const buildImporter = (name = 'importer'): Promise<string> => buildProgram('src/datasets/process.ts', name);

export class ImporterProcess {
  readonly messages: ImporterMessage[] = [];
  readonly exited: Promise<unknown>;
  readonly #child;

  /** `uid`: whom it runs as, for tests of permissions, which do not bind root. */
  constructor(program: string, uid?: number, env: NodeJS.ProcessEnv = process.env) {
    this.#child = fork(program, { serialization: 'advanced', uid, env });
    this.#child.on('message', (message) => this.messages.push(message as ImporterMessage));
    this.exited = once(this.#child, 'exit');
  }

  send(command: ImporterCommand): void {
    this.#child.send(command);
  }

  /** Messages other than progress, when there are `count` of them. */
  async answers(count: number): Promise<ImporterMessage[]> {
    for (;;) {
      const answers = this.messages.filter(({ kind }) => !['progress', 'alive', 'opening', 'stuck'].includes(kind));
      if (answers.length >= count) return answers;
      await this.#nextMessage();
    }
  }

  async untilReading(): Promise<void> {
    while (this.messages.length === 0) await this.#nextMessage();
  }

  async untilDecoding(): Promise<void> {
    while (!this.messages.some((message) => message.kind === 'progress' && message.progress.stage === 'decode')) await this.#nextMessage();
  }

  /** Pictures that an earlier process had packed: decoding began behind them. */
  takenOver(): number {
    const decoding = this.messages.find((message) => message.kind === 'progress' && message.progress.stage === 'decode');
    return decoding?.kind === 'progress' ? decoding.progress.done : 0;
  }

  /** A process that died says no more. */
  async #nextMessage(): Promise<void> {
    const died = this.exited.then(() => {
      throw new Error('The importing process ended.');
    });
    await Promise.race([once(this.#child, 'message'), died]);
  }

  /** The most memory it has held, where the system says so. */
  peakBytes(): number {
    return processPeakBytes(this.#child.pid!);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exited;
  }

  async end(): Promise<void> {
    this.#child.disconnect();
    await this.exited;
  }
}
