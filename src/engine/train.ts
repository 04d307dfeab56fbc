// A run: epochs, mini-batches, steps. It yields what happened; to stop it is not to ask for the next event.
import type { MemoryReading, Metrics, RunEvent, StepReading } from '#shared/run-event';
import { listsFrom, miniBatchesOf, stepsPerEpoch } from './course';
import { evaluate } from './evaluate';
import { trainMiniBatch, type Workbench } from './mbp';
import { evaluationReader, trainingReader } from './piece-readers';
import { halvingWhenExhausted, type Recovery, type Sizes } from './recover';
import { learningRates, type ScheduleSettings } from './schedules';
import { addTotals, metricsOf, NO_TOTALS, type Totals } from './totals';
import type { TrainingData } from './training-data';

/** Steps are reported together, at most this often. */
const REPORT_MS = 100;

export interface TrainOptions {
  data: TrainingData;
  /** N_B and N_μ. */
  batch: number;
  micro: number;
  epochs: number;
  learningRate: number;
  /** Absent: constant. */
  schedule?: ScheduleSettings;
  seed: number;
  /** Totals of the steps of the current epoch done before a resumption. */
  epochTotals?: Totals;
  now(): number;
  /** A turn of the event loop: lets a stop message in. */
  pause(): Promise<void>;
  /** The reader means to stop after this step, and wants it reported. */
  stopping(): boolean;
  memory(): MemoryReading;
}

export type TrainEvent =
  | Extract<RunEvent, { kind: 'progress' | 'epoch' }>
  /** Memory ran out in this step, or in the validation after it; it is done again in smaller pieces. */
  | ({ kind: 'recovered'; step: number } & Recovery)
  /** After every mini-batch but an epoch's last, which its epoch event ends: the places to stop or to save. Not sent on. */
  | { kind: 'step-done'; epochTotals: Totals };

/** Goes on from the learner's own step count, so that an interrupted run continues the same sequence of mini-batches. */
export async function* train(bench: Workbench, options: TrainOptions): AsyncGenerator<TrainEvent, void, void> {
  const { data, epochs, now, pause, stopping, memory } = options;
  const { learner } = bench;
  const { outputShape } = learner.network;
  const { loss: aim, stepMetrics } = bench.programs.objective;
  const targets = aim.targets(outputShape);
  const batch = Math.min(options.batch, data.train.length);
  const perEpoch = stepsPerEpoch(data.train.length, batch);
  const totalSteps = perEpoch * epochs;
  const rateOf = learningRates(options.learningRate, options.schedule ?? {}, { stepsPerEpoch: perEpoch, epochs });
  const firstStep = learner.step;
  const begin = now();
  const seconds = (): number => (now() - begin) / 1000;
  const sizes: Sizes = { training: options.micro, validation: options.micro };
  let totals = options.epochTotals ?? NO_TOTALS;
  let trained = 0;
  let unreported: StepReading[] = [];
  let reportedAt = -Infinity;
  const course = { train: data.train, validation: data.validation, batch, epochs, seed: options.seed };
  data.expect?.(listsFrom(course, firstStep));

  const progress = (): TrainEvent => {
    const steps = unreported;
    unreported = [];
    reportedAt = now();
    const perStep = seconds() / Math.max(1, learner.step - firstStep);
    return {
      kind: 'progress',
      steps,
      samplesPerSecond: trained / Math.max(1e-9, seconds()),
      secondsLeft: perStep * (totalSteps - learner.step),
      memory: memory(),
    };
  };

  for (let epoch = Math.floor(learner.step / perEpoch); epoch < epochs; epoch++) {
    for (const list of miniBatchesOf(course, epoch).slice(learner.step - epoch * perEpoch)) {
      const learningRate = rateOf(learner.step + 1);
      const read = trainingReader(learner.network, data, list, options.seed, targets);
      const done = yield* told(learner.step + 1)(
        halvingWhenExhausted(bench, sizes, 'training', list.indices.length, (pieces) => {
          // What a validation before it took is not its, nor what a try took that was thrown away.
          bench.meter.takePeakBytes();
          return trainMiniBatch(bench, pieces, learningRate, read);
        }),
      );
      totals = addTotals(totals, done, stepMetrics, outputShape);
      trained += done.samples;
      const { loss, accuracy, samples } = metricsOf(done, stepMetrics, outputShape);
      const norm = done.gradientNorm === undefined ? {} : { gradientNorm: done.gradientNorm };
      const skipped = done.weightSum > 0 ? norm : { skipped: true as const };
      const memoryBytes = bench.meter.takePeakBytes();
      unreported.push({
        step: learner.step,
        epoch: epoch + 1,
        loss,
        accuracy,
        samples,
        seconds: seconds(),
        learningRate,
        memoryBytes,
        ...skipped,
      });
      await pause();
      if (now() - reportedAt >= REPORT_MS || stopping()) yield progress();
      if (learner.step % perEpoch !== 0) yield { kind: 'step-done', epochTotals: totals };
    }
    if (unreported.length > 0) yield progress();
    const validation = yield* told(learner.step)(validate(bench, data, sizes, pause));
    yield {
      kind: 'epoch',
      epoch: epoch + 1,
      step: learner.step,
      train: metricsOf(totals, stepMetrics, outputShape),
      ...(validation ? { validation } : {}),
      seconds: seconds(),
      memory: memory(),
    };
    totals = NO_TOTALS;
  }
}

/** Over all validation samples, undefined where there are none; where memory runs out it starts again in smaller pieces. */
export async function* validate(
  bench: Workbench,
  data: TrainingData,
  sizes: Sizes,
  pause: () => Promise<void>,
): AsyncGenerator<Recovery, Metrics | undefined, void> {
  if (data.validation.length === 0) return undefined;
  const { loss, evaluationMetrics } = bench.programs.objective;
  const { outputShape } = bench.learner.network;
  // Forward only needs less than training: what training has learnt to be too large is too large here.
  sizes.validation = Math.min(sizes.validation, sizes.training);
  const read = evaluationReader(data, { indices: data.validation }, loss.targets(outputShape));
  const totals = yield* halvingWhenExhausted(bench, sizes, 'validation', data.validation.length, (pieces) =>
    evaluate(bench, pieces, read, pause),
  );
  return metricsOf(totals, evaluationMetrics, outputShape);
}

const told = (step: number) =>
  async function* <T>(recoveries: AsyncGenerator<Recovery, T, void>): AsyncGenerator<TrainEvent, T, void> {
    for (;;) {
      const { done, value } = await recoveries.next();
      if (done) return value;
      yield { kind: 'recovered', step, ...value };
    }
  };
