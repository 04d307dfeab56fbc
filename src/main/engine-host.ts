// The native engines, asked about, installed and removed: each time in a process of its own, since an engine is loaded only once in one.
import { died, exitInWords, type Exit, type Fork } from '#shared/child';
import { brokenEngine, type InstallProgress, type NativeKind, type EnginesAnswer } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { startJob, type Job, type Reading } from '#shared/job';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';

export class EngineHost {
  #installing?: Job<TrainerCommand, void>;
  #engines?: Promise<EnginesAnswer>;
  #newest?: EnginesAnswer;

  /** @param mostMs an engine that is tried has to answer by then */
  constructor(
    private readonly fork: Fork,
    private readonly mostMs = 180_000,
  ) {}

  /** Which engines load here; asked once, until one is installed or removed. */
  list(): Promise<EnginesAnswer> {
    if (this.#engines) return this.#engines;
    const answer = startJob<TrainerCommand, TrainerMessage, EnginesAnswer>(this.#process(), { kind: 'engines' }, engineAnswer, died).result;
    this.#engines = answer;
    answer.then(
      (engines) => (this.#newest = engines),
      () => (this.#engines = undefined),
    );
    return answer;
  }

  /** What was found is told in the language that was spoken then. */
  speakAnew(): void {
    this.#engines = undefined;
  }

  /** As far as it has been asked. */
  get computesOnCard(): boolean {
    return this.#newest?.report.name === 'tensorflow-cuda';
  }

  async install(native: NativeKind, onProgress: (progress: InstallProgress) => void): Promise<EnginesAnswer> {
    if (this.#installing) {
      throw new FailureError({
        kind: 'bad-setting',
        problem: 'An engine is already being installed. Wait until it is done, or cancel it.',
      });
    }
    // The engine is tried in that process, and what it does to it there has no other witness.
    let trying: NodeJS.Timeout | undefined;
    let isLate = false;
    const read: Reading<TrainerMessage, void> = (message) => {
      if (message.kind !== 'install-progress') return endsWork(message);
      if (message.progress.stage === 'verify')
        trying ??= setTimeout(() => {
          isLate = true;
          this.#installing?.kill();
        }, this.mostMs);
      return void onProgress(message.progress);
    };
    const diedOf = (how: Exit) => {
      if (!trying) return died(how);
      return brokenEngine(isLate ? `it gave no answer within ${this.mostMs / 1000} seconds` : exitInWords(how));
    };
    this.#installing = startJob(this.#process(), { kind: 'install-engine', native }, read, diedOf);
    try {
      await this.#installing.result;
    } finally {
      clearTimeout(trying);
      this.#installing = undefined;
      this.#engines = undefined;
    }
    return this.list();
  }

  cancelInstall(): void {
    this.#installing?.cancel();
  }

  async remove(native: NativeKind): Promise<EnginesAnswer> {
    const removing = startJob<TrainerCommand, TrainerMessage, void>(this.#process(), { kind: 'remove-engine', native }, endsWork, died);
    await removing.result.finally(() => (this.#engines = undefined));
    return this.list();
  }

  readonly #process = () => this.fork<TrainerCommand, TrainerMessage>('trainer');
}

const engineAnswer: Reading<TrainerMessage, EnginesAnswer> = (message) =>
  message.kind === 'engines' ? { result: { report: message.report, native: message.native } } : undefined;

/** The process may say how the engines stand when it is done; they are asked for again anyway. */
const endsWork: Reading<TrainerMessage, void> = ({ kind }) => (kind === 'done' || kind === 'engines' ? { result: undefined } : undefined);
