// A run whose process may die: it is started again from its last checkpoint, with N_μ halved where memory was the cause, or where it died of
// a size that its plan tried; three deaths at one step are enough, and ten without a new checkpoint. Electron's main process and the command
// line host their runs with this.
import { fixed, locale } from './language';
import type { EndedBecause, Failure } from './failure';
import { FailureError } from './failure';
import type { Job, Reading } from './job';
import type { MeasuredPoint } from './plan';
import type { ProcessRecovery, RunEvent } from './run-event';
import type { TrainerCommand, TrainerMessage } from './trainer-messages';

export type TrainCommand = Extract<TrainerCommand, { kind: 'train' }>;
type Died = Extract<Failure, { kind: 'trainer-died' }>;

/** Starts the training process. */
export type StartTraining = (command: TrainCommand, read: Reading<TrainerMessage, void>) => Job<TrainerCommand, void>;

const MOST_DEATHS = 3;
/** Each a step further than the last, and still nothing saved: it would begin again for ever. */
const MOST_UNSAVED_DEATHS = 10;

export class HostedRun {
  #job?: Job<TrainerCommand, void>;
  /** What it was told: a process that dies then is not started again. */
  #told?: 'stop' | 'pause';
  /** It was ended at once. */
  #ended?: EndedBecause;
  /** It said how it ended, and what was to be saved is: that its process dies on its way out changes nothing. */
  #isOver = false;
  /** The furthest step that was reported and the newest checkpoint there was, and how many processes ended without getting past both. */
  #furthest = -1;
  #savedBefore = -1;
  #deaths = 0;
  #unsavedDeaths = 0;
  /** Deaths of exhaustion that no checkpoint knows of yet. */
  #recoveries: ProcessRecovery[] = [];
  /** Of the process that runs: the step it is known to have reached, its N_μ, and where it could go on from. */
  #step = 0;
  #micro?: number;
  /** The size that its plan tries now, and what the plan has measured. */
  #trying?: number;
  readonly #known: MeasuredPoint[] = [];
  /** Samples at once of what is done before the first step, e.g. the making of features. */
  #ahead?: number;
  #begunAt?: number;
  /** When the process before died; absent: none did, or another trains since. */
  #diedAt?: number;
  #checkpointStep?: number;

  constructor(
    private readonly start: StartTraining,
    private readonly onEvent: (event: RunEvent) => void,
  ) {}

  /** @throws FailureError what the run failed with; trainer-died when its process cannot be kept alive; ended where it was */
  async train(first: TrainCommand): Promise<void> {
    for (let command = first; ;) {
      try {
        this.#trying = undefined;
        this.#job = this.start(command, (message) => this.#read(message));
        return await this.#job.result;
      } catch (error) {
        const died = error instanceof FailureError && error.failure.kind === 'trainer-died' ? error.failure : undefined;
        if (!died) throw error;
        if (this.#isOver) return;
        if (this.#ended)
          throw new FailureError({ kind: 'ended', because: this.#ended, told: this.#told, step: this.#checkpointStep ?? this.#begunAt });
        if (this.#told) throw error;
        this.#diedAt = Date.now();
        command = this.#next(command, first, died);
      }
    }
  }

  tell(what: 'stop' | 'pause'): void {
    this.#told ??= what;
    this.#job?.post({ kind: what });
  }

  /** Ends the process at once; the run fails with "ended". */
  end(because: EndedBecause): void {
    this.#ended = because;
    this.#job?.kill();
  }

  #read(message: TrainerMessage): { result: undefined } | undefined {
    if (message.kind === 'trying') this.#trying = message.micro;
    if (message.kind === 'measured') {
      this.#trying = undefined;
      this.#known.push(message.point);
    }
    if (message.kind === 'event') this.#hear(message.event);
    return message.kind === 'done' ? { result: undefined } : undefined;
  }

  #hear(event: RunEvent): void {
    // What was tried and refused is behind it.
    this.#trying = undefined;
    if (event.kind === 'started') [this.#begunAt, this.#step, this.#ahead] = [event.resumedAt, event.resumedAt ?? 0, undefined];
    if (event.kind === 'planned') [this.#micro, this.#ahead] = [event.plan.micro, undefined];
    if (event.kind === 'note') this.#ahead = event.micro ?? this.#ahead;
    if (event.kind === 'checkpoint') [this.#checkpointStep, this.#recoveries] = [event.step, []];
    if (event.kind === 'progress') [this.#step, this.#ahead] = [event.steps.at(-1)?.step ?? this.#step, undefined];
    this.#isOver ||= event.kind === 'finished' || event.kind === 'paused';
    this.onEvent(event);
    if (event.kind === 'started') this.#tellAway();
  }

  #tellAway(): void {
    if (this.#diedAt === undefined) return;
    const seconds = (Date.now() - this.#diedAt) / 1000;
    this.#diedAt = undefined;
    this.onEvent({ kind: 'note', message: `It trains again ${awayWords(seconds)} after its process had stopped.` });
  }

  /** @throws FailureError when it has died often enough */
  #next(command: TrainCommand, first: TrainCommand, { how, exhausted }: Died): TrainCommand {
    const { batch, micro: wanted } = command.spec;
    // Pieces that nobody chose and no earlier run or checkpoint has are tried to find out: that a process dies of them is an answer, whatever ended it.
    const isTrial =
      this.#trying !== undefined && this.#trying > 1 && wanted === 'auto' && !command.cut && command.resumeFolder === undefined;
    const isSaved = (this.#checkpointStep ?? -1) > this.#savedBefore;
    const gotOn = isSaved || isTrial || this.#step > this.#furthest;
    this.#unsavedDeaths = isSaved ? 1 : this.#unsavedDeaths + 1;
    this.#deaths = gotOn ? 1 : this.#deaths + 1;
    this.#savedBefore = this.#checkpointStep ?? -1;
    this.#furthest = Math.max(this.#furthest, this.#step);
    if (this.#deaths >= MOST_DEATHS || this.#unsavedDeaths >= MOST_UNSAVED_DEATHS) {
      const times = Math.max(this.#deaths, this.#unsavedDeaths);
      throw new FailureError({ kind: 'trainer-died', how, exhausted, step: this.#furthest, times });
    }
    // It may have died before anything was tried: then of what it was allowed to try.
    const before = Math.min(
      this.#trying ?? this.#ahead ?? this.#micro ?? (wanted === 'auto' ? batch : wanted),
      command.mostMicro ?? Infinity,
    );
    const micro = (exhausted || isTrial) && before > 1 ? Math.floor(before / 2) : undefined;
    if (micro !== undefined && !isTrial) this.#recoveries.push({ step: this.#step, during: 'process', from: before, micro });
    const from = this.#checkpointStep === undefined ? first.resumeFolder : command.outFolder;
    this.onEvent({ kind: 'note', message: this.#sentence(how, from !== undefined, before, micro) });
    const next = { ...command, resumeFolder: from, mostMicro: micro ?? command.mostMicro, recoveries: [...this.#recoveries] };
    return isTrial ? { ...next, known: [...this.#known] } : next;
  }

  #sentence(how: string, isSaved: boolean, before: number, micro: number | undefined): string {
    const at = this.#step > 0 ? ` after step ${this.#step.toLocaleString(locale)}` : '';
    const where =
      this.#checkpointStep !== undefined
        ? this.#checkpointStep > 0
          ? `goes on from the checkpoint after step ${this.#checkpointStep.toLocaleString(locale)}`
          : 'goes on from where it began'
        : isSaved
          ? 'goes on from where it was resumed'
          : 'begins again, because no checkpoint was saved yet';
    const size =
      micro === undefined
        ? ''
        : `, with micro-batches of at most ${micro.toLocaleString(locale)} instead of ${before.toLocaleString(locale)}`;
    return `The training process stopped unexpectedly${at} (${how}). The run ${where}${size}.`;
  }
}

/** "2.4 s", "1 min 5 s". */
function awayWords(seconds: number): string {
  if (seconds < 60) return `${fixed(seconds, 1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
