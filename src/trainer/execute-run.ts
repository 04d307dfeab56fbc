// A run from a spec to saved files: data, engine, model, plan, training, results. Yields everything that happens.
import { freemem } from 'node:os';
import { BudgetMeter } from '#engine/meter';
import type { Workbench } from '#engine/mbp';
import { createLearner, disposeLearner } from '#engine/learner';
import type { Network } from '#engine/network';
import { createOptimizer } from '#engine/optimizers';
import { makePlan, type PlanRequest as MakePlan } from '#engine/planner';
import { trainingReader } from '#engine/piece-readers';
import { Programs } from '#engine/programs';
import type { Runtime } from '#engine/runtime';
import { gradientEffect } from '#engine/savers/gradient-effect';
import { stepsPerEpoch } from '#engine/course';
import { dependsOnPieces, verdictOf } from '#engine/verdict';
import type { PieceProgress } from '#shared/piece-progress';
import { cutOf, type Cut, type Plan } from '#shared/plan';
import type { RunEvent, RunEventOf } from '#shared/run-event';
import type { RunSpec } from '#shared/run-spec';
import { FailureError } from '#shared/failure';
import { availableMemoryBytes } from '#shared/system-memory';
import { buildNetwork, firstWeights } from './build-network';
import { readHeader, readSnapshot } from './checkpoint';
import { refuseFastMode } from './fast-mode';
import { heldBytes } from './features/feature-file';
import {
  chooseFeatures,
  foundFeatures,
  makeFeatures,
  prepareFeatures,
  tryFeatures,
  withExtraction,
  type FeatureRun,
} from './features/feature-run';
import { plannedFeatures, withFeatures } from './features/with-features';
import { defaultBudgetBytes, readText } from './free-memory';
import { openTrainingData, type OpenData } from './open-training-data';
import { onlyPaused, PAUSE } from './pause';
import { parametersOf } from './receipt';
import type { RunRequest } from './run-request';
import { requireRunRoom, savedBytes } from './run-room';
import { rateNote } from './rate-note';
import { loadEngineOf } from './run-engine';
import { beginningOf, type Beginning } from './start-model';
import { planToFinish, stillPaused } from './to-finish';
import { turn } from './turn';
import { watchOthers } from './planning/others-at-work';
import { coresOf, withPace } from './planning/paced';
import { withWholeBatch } from './planning/whole-batch';
import { ofSlowBatches } from './slow-batches';
import { openFolder, saveBeginning } from './save-beginning';
import { hasLessRoom, trainAndSave } from './train-and-save';

/** Few, so that they fit beside everything else. */
const MEASURED_SAMPLES = 4;

/** Hears of each size that a plan tries, and what it was measured to need. */
type Hearing = Pick<MakePlan, 'onTrial' | 'onMeasured'>;

/** @param hear also of mini-batches that take a while, in the middle of one */
export async function* executeRun(
  request: RunRequest,
  told: AbortSignal,
  { onPiece, ...hear }: Hearing & { onPiece?: (progress: PieceProgress) => void } = {},
): AsyncGenerator<RunEvent, void, void> {
  const { spec } = request;
  const damaged: string[] = [];
  const resumed = request.resumeFolder === undefined ? undefined : readHeader(request.resumeFolder, (sentence) => damaged.push(sentence));
  // What was trained has a model to save: told to stop before another step is made, it is finished as one that is taken up for that.
  const isTrained = (resumed?.header.step ?? 0) > 0;
  const preparing = request.toFinish || isTrained ? onlyPaused(told) : told;
  let data = await openTrainingData(request.datasetFolder, spec, spec.budgetBytes ?? defaultBudgetBytes(), resumed?.header.datasetHash);
  let bench: Workbench | undefined;
  try {
    const beginning = beginningOf(request, resumed?.header);
    const { kept: began } = beginning;
    const whole = buildNetwork(spec, data, began?.layers);
    const runtime = await loadEngineOf(spec, data, whole);
    const budgetBytes = spec.budgetBytes ?? defaultBudgetBytes(runtime.report);
    const prepared = await setUp(runtime, data, whole, request, beginning, resumed);
    // Its weights are not to lie beside the run's own to its end.
    delete beginning.model;
    const { features } = prepared;
    bench = prepared.bench;
    const started = startedEvent(runtime, data, whole, bench, request);
    const { network, optimizer, step } = bench.learner;
    const saved = savedBytes(network, optimizer, whole);
    // Before anything is measured or written.
    requireRunRoom({ outFolder: request.outFolder, bytes: saved, steps: started.totalSteps - step, toFinish: request.toFinish });
    yield started;
    for (const message of [...damaged, ...data.notes, ...(prepared.note === undefined ? [] : [prepared.note])])
      yield { kind: 'note', message };
    const changed = resumed && rateNote(resumed.header.spec, spec, bench.learner.step, data.train.length);
    if (changed) yield { kind: 'note', message: changed };
    let plan: Plan;
    let canGoOn = resumed !== undefined;
    if (request.toFinish && bench.learner.step === 0) {
      yield { kind: 'note', message: 'It has no model to save yet: nothing was trained up to its last checkpoint.' };
      yield { kind: 'paused', step: 0, seconds: 0, canGoOn: true };
      return;
    }
    try {
      const cut = resumed ? cutOf(resumed.header.plan) : request.cut;
      const circumstances = { runtime, cut, mostMicro: request.mostMicro, known: request.known, stop: preparing, ...hear };
      await stoppable(preparing);
      const planned =
        request.toFinish && resumed
          ? planToFinish(resumed.header.plan, bench, budgetBytes, request.mostMicro)
          : await planFor(bench, features ? plannedFeatures(data, features) : data, spec, budgetBytes, circumstances);
      const extraction = features && (yield* prepareFeatures(bench, features, () => stoppable(preparing), request.mostMicro));
      plan = features ? withExtraction(planned, extraction, features) : planned;
      if (cut && hasLessRoom(request, cut, plan)) yield { kind: 'note', message: lessRoom(cut, plan, bench, resumed !== undefined) };
      if (request.recoveries?.length && dependsOnPieces(bench.learner.network, plan.pieces, plan.stages))
        yield { kind: 'note', message: `The training process died of its micro-batches.${DIFFERS}` };
      yield { kind: 'planned', plan };
      openFolder(request);
      if (features && extraction) {
        if (!resumed) yield await saveBeginning(request, bench, data, plan, began);
        canGoOn = true;
        yield* makeFeatures(bench, features, data, extraction.micro, () => stoppable(preparing));
      }
    } catch (error) {
      if (!(error instanceof FailureError) || error.failure.kind !== 'cancelled') throw error;
      yield {
        kind: 'paused',
        step: bench.learner.step,
        seconds: 0,
        ...(preparing.reason !== PAUSE && { byStop: true }),
        ...(canGoOn && { canGoOn }),
      };
      return;
    }
    if (features) data = withFeatures(data, features);
    if (onPiece) bench.onPiece = ofSlowBatches(onPiece);
    const stop = request.toFinish ? preparing : told;
    yield* trainAndSave({ request, runtime, data, bench, whole, began, plan, resumed: resumed?.header, stop, saved });
  } catch (error) {
    if (!request.toFinish || !resumed) throw error;
    yield* stillPaused(resumed.header.step, error);
  } finally {
    await close(data, bench);
  }
}

type PlanRequest = Pick<RunRequest, 'spec' | 'datasetFolder' | 'startPath' | 'mostMicro' | 'known'>;

/** The plan alone, for the page that shows it before Start. */
export async function executePlan(request: PlanRequest, hear: Hearing = {}): Promise<{ plan: Plan; runtime: Runtime }> {
  const { spec, datasetFolder } = request;
  const data = await openTrainingData(datasetFolder, spec, spec.budgetBytes ?? defaultBudgetBytes());
  let bench: Workbench | undefined;
  try {
    const beginning = beginningOf(request);
    const whole = buildNetwork(spec, data, beginning.kept?.layers);
    const runtime = await loadEngineOf(spec, data, whole);
    const budgetBytes = spec.budgetBytes ?? defaultBudgetBytes(runtime.report);
    const prepared = await setUp(runtime, data, whole, request, beginning);
    delete beginning.model;
    const { features } = prepared;
    bench = prepared.bench;
    const { mostMicro, known } = request;
    const planned = features ? plannedFeatures(data, features) : data;
    const sized = await planFor(bench, planned, spec, budgetBytes, { runtime, mostMicro, known, ...hear });
    const othersSince = watchOthers(coresOf(runtime, planned).computing);
    const paced = await withPace(sized, { bench, data: planned, runtime, whole, spec, datasetFolder });
    const plan = { ...paced, disturbed: othersSince() };
    return { plan: features ? withExtraction(plan, tryFeatures(bench, features), features) : plan, runtime };
  } finally {
    await close(data, bench);
  }
}

async function close(data: OpenData, bench: Workbench | undefined): Promise<void> {
  if (bench) {
    disposeLearner(bench.learner);
    bench.programs.dispose();
  }
  await data.close();
}

interface Prepared {
  bench: Workbench;
  /** Where the bench trains a part of it on features. */
  features?: FeatureRun;
  /** Why it does not, where it could. */
  note?: string;
}

async function setUp(
  runtime: Runtime,
  data: OpenData,
  /** The network that is saved. */
  whole: Network,
  { spec, datasetFolder, toFinish }: PlanRequest & Pick<RunRequest, 'toFinish'>,
  { model }: Beginning,
  resumed?: ReturnType<typeof readHeader>,
): Promise<Prepared> {
  refuseFastMode(runtime, spec);
  const optimizer = createOptimizer(spec.optimizer, spec);
  const start = resumed ? readSnapshot(whole, optimizer, resumed) : await firstWeights(whole, spec, data.model, model);
  const { name, version } = runtime.report;
  const weights = Array.isArray(start) ? start : start.weights;
  const asked = { network: whole, weights, spec, data, datasetFolder, engine: `${name} ${version}` };
  const { features, note } = toFinish ? { features: foundFeatures(asked) } : await chooseFeatures(asked);
  const network = features?.tail ?? whole;
  const meter = new BudgetMeter(runtime.meter, features ? heldBytes(features.place) : data.hostBytes);
  const programs = new Programs(runtime, network, optimizer, data.objective);
  const bench = { learner: createLearner(network, optimizer, start), programs, meter };
  return { bench, features, note };
}

/** Lets messages in. @throws FailureError cancelled when told to stop */
async function stoppable(stop?: AbortSignal): Promise<void> {
  await turn();
  if (stop?.aborted) throw new FailureError({ kind: 'cancelled' });
}

interface Circumstances extends Hearing, Pick<MakePlan, 'known'> {
  runtime: Runtime;
  cut?: Cut;
  /** A larger piece has been the end of a training process. */
  mostMicro?: number;
  stop?: AbortSignal;
}

/** @throws FailureError cancelled when told to stop before the plan was made */
async function planFor(bench: Workbench, data: OpenData, spec: RunSpec, budgetBytes: number, given: Circumstances): Promise<Plan> {
  const { runtime, cut, mostMicro = Infinity, stop, known, onTrial, onMeasured } = given;
  const sizes = {
    batch: spec.batch,
    budgetBytes,
    hostBytes: availableMemoryBytes(readText, freemem()),
    kept: cut?.kept,
    train: data.train.length,
    validation: data.validation.length,
    mostMicro,
    known,
    onTrial,
    onMeasured,
  };
  // A resumed or repeated run keeps its pieces, so that it ends as it would have.
  const wanted = cut?.micro ?? spec.micro;
  let micro = wanted === 'auto' ? wanted : Math.min(wanted, mostMicro);
  for (;;) {
    try {
      const cutPlan = await makePlan(bench, { ...sizes, micro, pause: () => stoppable(stop), now: () => performance.now() });
      const plan = withWholeBatch(cutPlan, bench, runtime);
      bench.meter.limitBytes = budgetBytes;
      await measureEightBits(bench, data, spec, plan);
      bench.meter.resetPeak();
      return plan;
    } catch (error) {
      // There may be less room than when the run began: as in the run itself, the pieces become smaller and nothing is lost.
      const isOut = error instanceof FailureError && error.failure.kind === 'out-of-memory';
      if (!isOut || !cut || typeof micro !== 'number' || micro === 1) throw error;
      micro = Math.floor(micro / 2);
    }
  }
}

const DIFFERS = ' Batch normalization looks at one micro-batch at a time in this run, so its result now differs from the planned one.';

const lessRoom = (before: Cut, { micro, pieces, stages }: Plan, { learner }: Workbench, isResumed: boolean): string =>
  (isResumed
    ? `There is less memory than when this run began, so it goes on with micro-batches of at most ${micro} instead of ${before.micro}.`
    : `There is less memory than when the run that it repeats began, so it is made with micro-batches of at most ${micro} instead of ${before.micro}.`) +
  (dependsOnPieces(learner.network, pieces, stages) ? DIFFERS : '');

/** What 8-bit activations do to the gradient, into the plan and its verdict. */
async function measureEightBits(bench: Workbench, data: OpenData, spec: RunSpec, plan: Plan): Promise<void> {
  const { network } = bench.learner;
  if (!network.savers?.eightBits) return;
  const list = { indices: data.train.subarray(0, Math.min(MEASURED_SAMPLES, plan.micro)) };
  const read = trainingReader(network, data, list, spec.seed, bench.programs.objective.loss.targets(network.outputShape));
  plan.gradientEffect = await gradientEffect(bench, list.indices.length, read);
  plan.verdict = verdictOf(network, plan.pieces, plan.stages, plan.gradientEffect);
}

function startedEvent(
  runtime: Runtime,
  data: OpenData,
  whole: Network,
  { learner, meter }: Workbench,
  { spec, toFinish }: RunRequest,
): RunEventOf<'started'> {
  const perEpoch = stepsPerEpoch(data.train.length, spec.batch);
  return {
    kind: 'started',
    spec,
    engine: runtime.report,
    dataset: data.summary,
    ...parametersOf(whole),
    stepsPerEpoch: perEpoch,
    totalSteps: perEpoch * spec.epochs,
    baselineBytes: meter.baselineBytes,
    ...(learner.step > 0 ? { resumedAt: learner.step } : {}),
    ...(toFinish && { toFinish }),
  };
}
