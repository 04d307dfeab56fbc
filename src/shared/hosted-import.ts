// Reads data in a process whose decoder may crash or never come back: it is killed, the file at fault is found and named, and what was begun
// is begun again without it. Electron's main process and the command line host their checks and imports with this.
import { diedOfExhaustion, exitInWords, type Child, type Exit } from './child';
import type { ImportProgress } from './dataset';
import { FailureError, type Failure } from './failure';
import { startJob, type Job, type Reading } from './job';
import type { ImporterCommand, ImporterMessage } from './trainer-messages';

/** What earlier processes found out at the cost of their lives. */
export interface Care {
  /** Files that ended a process, and how, as the report says it. */
  ended: { file: string; message: string }[];
  /** Each file is told before it is opened, so that the next crash has a name. */
  oneByOne: boolean;
}

/** Does `work` in so many milliseconds; answers how not to. Code that is shared has no timers of its own. */
export type Later = (milliseconds: number, work: () => void) => () => void;

export type ReadCommand = Extract<ImporterCommand, { kind: 'check' | 'import' | 'grow' | 'edit' }>;

/** A process is begun anew for each; more of them is no accident. */
const MOST_ENDED = 20;
/** After so many crashes the next one is expected. */
const CAREFUL_FROM = 2;
/** A process says every few seconds that it is there. */
const SILENT_MS = 60_000;
const CRASHED = 'The decoder crashed at this picture. Save it anew in another program, or leave it out.';
const HUNG = 'The decoder did not come to an end with this picture. Save it anew in another program, or leave it out.';

export class HostedImport<Result> {
  #job?: Job<ImporterCommand, Result>;
  #isOver = false;
  readonly #ends: Promise<void>[] = [];

  constructor(
    private readonly fork: () => Child<ImporterCommand, ImporterMessage>,
    private readonly onProgress: (progress: ImportProgress) => void,
    private readonly later: Later,
    private readonly silentMs = SILENT_MS,
  ) {}

  /** @throws FailureError what it failed with, cancelled, or unexpected where its process cannot be kept alive */
  async run(command: ReadCommand, read: Reading<ImporterMessage, Result>): Promise<Result> {
    const care: Care = { ended: [], oneByOne: false };
    for (;;) {
      const life = await this.#live({ ...command, care }, read);
      if ('result' in life) return life.result;
      if (this.#isOver || !life.exit || (!life.hung && !diedOfExhaustion(life.exit))) throw life.error;
      if (life.file !== undefined) care.ended.push({ file: life.file, message: life.hung ? HUNG : CRASHED });
      // It died though each file was told: not of a file.
      else if (care.oneByOne) throw life.error;
      if (care.ended.length > MOST_ENDED) throw new FailureError(tooMany(care.ended.map(({ file }) => file)));
      care.oneByOne = life.file === undefined || care.ended.length >= CAREFUL_FROM;
    }
  }

  /** None of its processes is there any more: what they wrote stays as it is. */
  async ended(): Promise<void> {
    await Promise.all(this.#ends);
  }

  /** Ends it; the result is the failure 'cancelled'. */
  cancel(): void {
    this.#isOver = true;
    this.#job?.cancel();
  }

  async #live(command: ReadCommand, read: Reading<ImporterMessage, Result>): Promise<Life<Result>> {
    const life: Death = { error: undefined, hung: false };
    let hush: () => void = () => {};
    const kill = (): void => {
      life.hung = true;
      this.#job?.kill();
    };
    const listen = (): void => {
      hush();
      hush = this.later(this.silentMs, kill);
    };
    const child = this.fork();
    this.#ends.push(new Promise((ended) => child.onExit(() => ended())));
    try {
      this.#job = startJob(
        child,
        command,
        (message) => {
          listen();
          if (message.kind === 'progress') this.onProgress(message.progress);
          if (message.kind === 'opening') {
            life.file = message.file;
            if (message.file !== undefined) this.#job!.post({ kind: 'go-on' });
          }
          if (message.kind === 'stuck') {
            life.file = message.file;
            kill();
          }
          return read(message);
        },
        (exit) => {
          life.exit = exit;
          return died(exit);
        },
      );
      listen();
      return { result: await this.#job.result };
    } catch (error) {
      return { ...life, error };
    } finally {
      hush();
    }
  }
}

interface Death {
  error: unknown;
  /** Absent: it failed and said so. */
  exit?: Exit;
  /** It was killed for not getting on. */
  hung: boolean;
  /** Being opened when it ended. */
  file?: string;
}

type Life<Result> = { result: Result } | Death;

const died = (how: Exit): Failure => ({
  kind: 'unexpected',
  message: `the process that reads pictures ended, ${exitInWords(how)}. Nothing was imported; try again, or leave out very large files.`,
});

const tooMany = (files: string[]): Failure => ({
  kind: 'unexpected',
  message: `the process that reads pictures ended at ${files.length} different files, the first: ${files.slice(0, 3).join(', ')}. Nothing was imported; take these out of the folder and try again.`,
});
