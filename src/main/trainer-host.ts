// Owns the training processes' life: a run, a plan, an evaluation, an export is a job in a process of its own.
import { isDeepStrictEqual } from 'node:util';
import type { ComparedAnswers } from '#shared/comparison/compared-answers';
import type { ComparisonQuestion, Disagreements, KeptComparison } from '#shared/comparison/comparison';
import type { Evaluated, EvaluationQuestion } from '#shared/evaluation/evaluation';
import { unfinishedExport, type ExportProgress, type ExportRequest, type ExportResult } from '#shared/exports';
import { FailureError, type EndedBecause } from '#shared/failure';
import type { OwnModel } from '#shared/own-model';
import type { PieceProgress } from '#shared/piece-progress';
import type { MeasuredPoint } from '#shared/plan';
import type { Receipt, RunEvent } from '#shared/run-event';
import type { Packed, PackQuestion, Unpacked } from '#shared/run-file/transfer';
import type { FilePrediction } from '#shared/prediction';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import type { Fork } from '#shared/child';
import { died } from '#shared/child';
import type { Job, Reading } from '#shared/job';
import { startJob } from '#shared/job';
import { HostedPlan, type PlanCommand, type Planned } from '#shared/hosted-plan';
import { HostedJudging, type JudgingCommand } from '#shared/hosted-judging';
import { HostedRun, type TrainCommand } from '#shared/hosted-run';
import { unfinished } from '#shared/unfinished';
import { NewestJob } from './newest-job';
import { WritingJob } from './writing-job';

export class TrainerHost {
  #training?: { run: HostedRun; ended: Promise<void> };
  #planning?: HostedPlan;
  #judging?: { command: JudgingCommand; job: HostedJudging<Evaluated>; result: Promise<Evaluated> };
  readonly #comparing = new NewestJob();
  readonly #disagreeing = new NewestJob();
  readonly #answering = new NewestJob();
  readonly #exporting = new WritingJob<ExportResult>('A model is already being taken away. Wait until it is done, or cancel it.');
  readonly #packing = new WritingJob<Packed>('Runs are already being exported. Wait until that is done, or cancel it.');
  /** Folders of runs whose saved model is being changed. */
  readonly #changing = new Set<string>();

  constructor(private readonly fork: Fork) {}

  get isTraining(): boolean {
    return this.#training !== undefined;
  }

  /** Resolves when the run has ended by itself or was stopped; one at a time. */
  async train(
    command: TrainCommand,
    onEvent: (event: RunEvent) => void,
    onPiece: (progress: PieceProgress) => void = () => {},
  ): Promise<void> {
    if (this.#training) {
      throw new FailureError({ kind: 'bad-setting', problem: 'A run is already training. Stop it, or wait until it ends.' });
    }
    // Its memory is the run's now.
    this.cancelEvaluation();
    const run = new HostedRun(
      (next, read) =>
        this.#start(next, (message) => {
          if (message.kind === 'piece') onPiece(message.progress);
          return read(message);
        }),
      onEvent,
    );
    this.#training = { run, ended: run.train(command) };
    try {
      await this.#training.ended;
    } finally {
      this.#training = undefined;
    }
  }

  /** Asks the run to finish its step and save; resolves when its process is done, however that went. */
  async finish(how: 'stop' | 'pause'): Promise<void> {
    this.#training?.run.tell(how);
    await this.#training?.ended.catch(() => {});
  }

  /** Ends the run's process at once; the run fails with "ended". */
  kill(because: EndedBecause = 'asked'): void {
    this.#training?.run.end(because);
  }

  /** A new plan takes the place of the one being made: only the newest settings matter. */
  async plan(asked: Omit<PlanCommand, 'kind'>, onMeasured?: (point: MeasuredPoint) => void): Promise<Planned> {
    this.cancelPlan();
    const plan = new HostedPlan((command, read) => this.#start(command, read), onMeasured);
    this.#planning = plan;
    try {
      return await plan.run({ kind: 'plan', ...asked });
    } finally {
      if (this.#planning === plan) this.#planning = undefined;
    }
  }

  cancelPlan(): void {
    this.#planning?.cancel();
  }

  takeModel(file: string, into: string): Promise<OwnModel> {
    return this.#start<OwnModel>({ kind: 'take-model', file, into }, (message) =>
      message.kind === 'model-taken' ? { result: message.model } : undefined,
    ).result;
  }

  /** Answers the receipt as it is then. */
  async keepOther(modelFolder: string): Promise<Receipt> {
    this.refuseChanging(modelFolder);
    this.#changing.add(modelFolder);
    try {
      return await this.#start<Receipt>({ kind: 'keep-other', modelFolder }, (message) =>
        message.kind === 'other-kept' ? { result: message.receipt } : undefined,
      ).result;
    } finally {
      this.#changing.delete(modelFolder);
    }
  }

  /** @throws FailureError bad-setting while the saved model in that folder is being changed: a run there would write the same files */
  refuseChanging(folder: string): void {
    if (!this.#changing.has(folder)) return;
    throw new FailureError({ kind: 'bad-setting', problem: 'The model of this run is being changed. Try again in a moment.' });
  }

  /** `out`: where the table goes with the answers beside it. */
  predictFile(modelFolder: string, file: string, out?: string): Promise<FilePrediction> {
    return this.#start<FilePrediction>({ kind: 'predict-file', modelFolder, file, out, engine: 'auto' }, (message) =>
      message.kind === 'file-prediction' ? { result: message.prediction } : undefined,
    ).result;
  }

  /**
   * One model is judged at a time: a new question takes the place of the one before, since what is looked at now matters. The same one, asked by a
   * window that was loaded anew, goes on.
   */
  async evaluate(question: EvaluationQuestion, onProgress: (done: number, total: number) => void): Promise<Evaluated> {
    const command: JudgingCommand = { kind: 'evaluate', ...question };
    if (isDeepStrictEqual(this.#judging?.command, command)) return this.#judging!.result;
    this.cancelEvaluation();
    const job = new HostedJudging<Evaluated>(
      (next, read) => this.#start(next, read),
      (message) => {
        if (message.kind === 'evaluation-progress') onProgress(message.done, message.total);
        return message.kind === 'evaluation' ? { result: message.evaluated } : undefined;
      },
    );
    const mine = { command, job, result: job.run(command) };
    this.#judging = mine;
    try {
      return await mine.result;
    } finally {
      if (this.#judging === mine) this.#judging = undefined;
    }
  }

  /** By what is kept of their evaluations. */
  compareKept(question: ComparisonQuestion): Promise<KeptComparison> {
    return this.#comparing.run(() =>
      this.#start<KeptComparison>({ kind: 'compare', ...question }, (message) =>
        message.kind === 'comparison' ? { result: message.kept } : undefined,
      ),
    );
  }

  disagreements(question: ComparisonQuestion): Promise<Disagreements> {
    return this.#disagreeing.run(() =>
      this.#start<Disagreements>({ kind: 'disagreements', ...question }, (message) =>
        message.kind === 'disagreements' ? { result: message.found } : undefined,
      ),
    );
  }

  /** With the evaluation that is made for it. */
  cancelComparison(): void {
    this.#comparing.cancel();
    this.cancelEvaluation();
  }

  comparedAnswers(question: ComparisonQuestion): Promise<ComparedAnswers> {
    return this.#answering.run(() =>
      this.#start<ComparedAnswers>({ kind: 'compared-answers', ...question }, (message) =>
        message.kind === 'compared-answers' ? { result: message.answers } : undefined,
      ),
    );
  }

  cancelDisagreements(): void {
    this.#disagreeing.cancel();
  }

  cancelComparedAnswers(): void {
    this.#answering.cancel();
  }

  cancelEvaluation(): void {
    this.#judging?.job.cancel();
    this.#judging = undefined;
  }

  export(request: ExportRequest, onProgress: (progress: ExportProgress) => void): Promise<ExportResult> {
    return this.#exporting.run(unfinishedExport(request.out), () =>
      this.#start<ExportResult>({ kind: 'export', ...request }, (message) => {
        if (message.kind === 'export-progress') onProgress(message.progress);
        return message.kind === 'exported' ? { result: message.result } : undefined;
      }),
    );
  }

  cancelExport(): void {
    this.#exporting.cancel();
  }

  /** Of a model and of runs; resolves when nothing of it is left. */
  async endExport(): Promise<void> {
    await Promise.all([this.#exporting.end(), this.#packing.end()]);
  }

  get isExporting(): boolean {
    return this.#exporting.isRunning || this.#packing.isRunning;
  }

  packRuns(question: PackQuestion): Promise<Packed> {
    return this.#packing.run(unfinished(question.out), () =>
      this.#start<Packed>({ kind: 'pack-runs', ...question }, (message) =>
        message.kind === 'runs-packed' ? { result: message.packed } : undefined,
      ),
    );
  }

  cancelPacking(): void {
    this.#packing.cancel();
  }

  unpackRuns(file: string, into: string): Promise<Unpacked> {
    return this.#start<Unpacked>({ kind: 'unpack-runs', file, into }, (message) =>
      message.kind === 'runs-unpacked' ? { result: message.unpacked } : undefined,
    ).result;
  }

  #start<Result>(command: TrainerCommand, read: Reading<TrainerMessage, Result>): Job<TrainerCommand, Result> {
    return startJob(this.fork<TrainerCommand, TrainerMessage>('trainer'), command, read, died);
  }
}
