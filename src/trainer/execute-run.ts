// A run from a spec to saved files: engine, data, model, plan, training, results. Yields everything that happens.
import { BudgetMeter } from '#engine/meter';
import type { Workbench } from '#engine/mbp';
import { withHeadDropout } from '#engine/head-dropout';
import { initialWeights } from '#engine/initialize';
import { createLearner, disposeLearner } from '#engine/learner';
import { mixedObjective } from '#engine/objectives/losses/mixed';
import { CATALOGUE } from '#engine/models/catalogue';
import { weightCount, type Network } from '#engine/network';
import { createObjective } from '#engine/objectives/create';
import { createOptimizer } from '#engine/optimizers';
import { makePlan } from '#engine/planner';
import { Programs } from '#engine/programs';
import type { Runtime } from '#engine/runtime';
import { withSavers } from '#engine/savers/saver-plan';
import { stepsPerEpoch } from '#engine/course';
import type { Plan } from '#shared/plan';
import type { RunEvent } from '#shared/run-event';
import type { RunSpec } from '#shared/run-spec';
import { loadEngine } from './backend';
import { readHeader, readSnapshot, type CheckpointHeader } from './checkpoint';
import { refuseFastMode } from './fast-mode';
import { availableMemoryBytes, defaultBudgetBytes } from './free-memory';
import { openTrainingData, type OpenData } from './open-training-data';
import type { RunRequest } from './run-request';
import { turn } from './turn';
import { trainAndSave } from './train-and-save';

export async function* executeRun(request: RunRequest, stop: AbortSignal): AsyncGenerator<RunEvent, void, void> {
  const { spec } = request;
  const damaged: string[] = [];
  const resumed = request.resumeFolder === undefined ? undefined : readHeader(request.resumeFolder, (sentence) => damaged.push(sentence));
  const runtime = await loadEngine(spec.engine);
  const budgetBytes = spec.budgetBytes ?? defaultBudgetBytes(runtime.report);
  const data = await openTrainingData(request.datasetFolder, spec, budgetBytes, resumed?.header.datasetHash);
  const bench = setUp(runtime, data, spec, resumed);
  try {
    yield startedEvent(runtime, data, bench, spec);
    for (const message of [...damaged, ...data.notes]) yield { kind: 'note', message };
    const plan = await planFor(bench, data, spec, budgetBytes, resumed?.header);
    yield { kind: 'planned', plan };
    yield* trainAndSave({ request, runtime, data, bench, plan, resumed: resumed?.header, stop });
  } finally {
    disposeLearner(bench.learner);
    bench.programs.dispose();
    await data.close();
  }
}

/** The plan alone, for the page that shows it before Start. */
export async function executePlan(spec: RunSpec, datasetFolder: string): Promise<{ plan: Plan; runtime: Runtime }> {
  const runtime = await loadEngine(spec.engine);
  const budgetBytes = spec.budgetBytes ?? defaultBudgetBytes(runtime.report);
  const data = await openTrainingData(datasetFolder, spec, budgetBytes);
  const bench = setUp(runtime, data, spec);
  try {
    return { plan: await planFor(bench, data, spec, budgetBytes), runtime };
  } finally {
    disposeLearner(bench.learner);
    bench.programs.dispose();
    await data.close();
  }
}

function setUp(runtime: Runtime, data: OpenData, spec: RunSpec, resumed?: ReturnType<typeof readHeader>): Workbench {
  refuseFastMode(runtime, spec);
  const meter = new BudgetMeter(runtime.meter, data.hostBytes);
  const built = withHeadDropout(CATALOGUE[spec.model].build(data.inputShape, data.classes), spec.dropout ?? 0);
  const network: Network = { ...withSavers(built, spec.savers), batchNorm: spec.batchNorm, precision: spec.precision };
  const optimizer = createOptimizer(spec.optimizer, spec);
  const objective = createObjective(spec, data.classCounts);
  const start = resumed ? readSnapshot(network, optimizer, resumed) : initialWeights(network, spec.seed);
  return {
    learner: createLearner(network, optimizer, start),
    programs: new Programs(runtime, network, optimizer, spec.augment?.mixup ? mixedObjective(objective) : objective),
    meter,
  };
}

async function planFor(bench: Workbench, data: OpenData, spec: RunSpec, budgetBytes: number, resumed?: CheckpointHeader): Promise<Plan> {
  const plan = await makePlan(bench, {
    batch: spec.batch,
    // A resumed run keeps its pieces, so that it ends as it would have.
    micro: resumed?.plan.micro ?? spec.micro,
    kept: resumed?.plan.stages?.kept,
    hostBytes: availableMemoryBytes(),
    budgetBytes,
    train: data.train.length,
    validation: data.validation.length,
    pause: turn,
    now: () => performance.now(),
  });
  bench.meter.limitBytes = budgetBytes;
  bench.meter.resetPeak();
  return plan;
}

function startedEvent(runtime: Runtime, data: OpenData, { learner, meter }: Workbench, spec: RunSpec): RunEvent {
  const perEpoch = stepsPerEpoch(data.train.length, spec.batch);
  return {
    kind: 'started',
    spec,
    engine: runtime.report,
    dataset: data.summary,
    parameters: weightCount(learner.network, true),
    stepsPerEpoch: perEpoch,
    totalSteps: perEpoch * spec.epochs,
    baselineBytes: meter.baselineBytes,
    ...(learner.step > 0 ? { resumedAt: learner.step } : {}),
  };
}
