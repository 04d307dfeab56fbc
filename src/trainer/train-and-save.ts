// The training part of a run with everything it leaves on disk: checkpoints, metrics.jsonl, the model, the receipt.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { evaluationWeights } from '#engine/ema';
import { snapshotLearner } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import { weightCount } from '#engine/network';
import type { Runtime } from '#engine/runtime';
import type { Recovery } from '#engine/recover';
import { replanned } from '#engine/replan';
import { metricsOf, NO_TOTALS, type Totals } from '#engine/totals';
import { stepsPerEpoch } from '#engine/course';
import { train, validate } from '#engine/train';
import type { Plan } from '#shared/plan';
import type { MemoryReading, Receipt, RunEvent } from '#shared/run-event';
import { writeFileAtomic } from './atomic';
import { removeCheckpoints, saveCheckpoint, type CheckpointHeader } from './checkpoint';
import type { RunRequest } from './run-request';
import { MetricsLog } from './metrics-log';
import type { OpenData } from './open-training-data';
import { saveModel } from './saved-model';
import { turn } from './turn';
import { versions } from './versions';

interface Training {
  request: RunRequest;
  runtime: Runtime;
  data: OpenData;
  bench: Workbench;
  plan: Plan;
  resumed?: CheckpointHeader;
  stop: AbortSignal;
}

/** A checkpoint is due after a minute, or at an epoch's end once training since the last took this many times what saving took. */
const LONGEST_MS = 60_000;
const PATIENCE = 50;

export async function* trainAndSave({
  request,
  runtime,
  data,
  bench,
  plan: planned,
  resumed,
  stop,
}: Training): AsyncGenerator<RunEvent, void, void> {
  const { spec, outFolder, datasetFolder } = request;
  let plan = planned;
  const recoveries: NonNullable<Receipt['recoveries']> = [...(resumed?.recoveries ?? [])];
  /** What the person hears when memory ran out: what happened, and the plan as it is now. */
  function* said(step: number, recovery: Recovery): Generator<RunEvent> {
    plan = replanned(plan, bench.learner.network, recovery);
    const changesResult = recovery.during === 'training' && plan.verdict.kind === 'not-identical';
    const { during, from, micro, neededBytes, availableBytes } = recovery;
    const told = { step, during, from, micro, neededBytes, availableBytes, changesResult };
    recoveries.push(told);
    yield { kind: 'recovered', ...told };
    if (recovery.during === 'training') yield { kind: 'planned', plan };
  }
  const startedAt = new Date().toISOString();
  const begin = performance.now();
  const sessionSeconds = (): number => (performance.now() - begin) / 1000;
  const secondsBefore = resumed?.seconds ?? 0;
  const memory = (): MemoryReading => ({
    inUseBytes: bench.meter.inUseBytes,
    peakBytes: bench.meter.peakBytes,
    rssBytes: process.memoryUsage.rss(),
    ...(bench.meter.heapBytes === undefined ? {} : { heapBytes: bench.meter.heapBytes }),
  });

  mkdirSync(outFolder, { recursive: true });
  if (request.resumeFolder === undefined) removeCheckpoints(outFolder);
  const log = new MetricsLog(join(outFolder, 'metrics.jsonl'), resumed?.step ?? 0);
  // Checkpoints of older versions have no counts.
  let epochTotals: Totals = { ...NO_TOTALS, ...resumed?.epochTotals };
  let last = resumed?.lastEpoch;
  let savedAt = performance.now();
  let savingMs = 0;
  let savedStep = -1;

  const checkpoint = async (): Promise<RunEvent> => {
    const from = performance.now();
    const header = {
      spec,
      plan,
      datasetHash: data.summary.contentHash,
      datasetFolder,
      epochTotals,
      lastEpoch: last,
      ...(recoveries.length > 0 ? { recoveries } : {}),
      seconds: secondsBefore + sessionSeconds(),
    };
    const folder = saveCheckpoint(outFolder, header, await snapshotLearner(bench.learner));
    savedAt = performance.now();
    savingMs = savedAt - from;
    savedStep = bench.learner.step;
    return { kind: 'checkpoint', step: savedStep, folder };
  };

  try {
    const { batch, epochs, learningRate, seed } = spec;
    const options = { data, batch, micro: plan.micro, epochs, learningRate, schedule: spec, seed };
    const clock = { now: () => performance.now(), pause: turn, stopping: () => stop.aborted, memory };
    for await (const event of train(bench, { ...options, ...clock, epochTotals })) {
      if (event.kind === 'step-done') {
        epochTotals = event.epochTotals;
        if (stop.aborted) break;
        if (performance.now() - savedAt > LONGEST_MS) yield await checkpoint();
        continue;
      }
      if (event.kind === 'recovered') {
        yield* said(event.step, event);
        continue;
      }
      log.write(event);
      yield event;
      if (event.kind !== 'epoch') continue;
      last = { train: event.train, ...(event.validation ? { validation: event.validation } : {}) };
      epochTotals = NO_TOTALS;
      if (stop.aborted) break;
      if (performance.now() - savedAt > Math.min(LONGEST_MS, PATIENCE * savingMs)) yield await checkpoint();
    }
  } finally {
    log.close();
  }

  const { outputShape } = bench.learner.network;
  const { stepMetrics } = bench.programs.objective;
  const isDone = bench.learner.step >= spec.epochs * stepsPerEpoch(data.train.length, spec.batch);
  const reason = stop.aborted && !isDone ? 'stopped' : 'completed';
  if (savedStep !== bench.learner.step) yield await checkpoint();
  let final = epochTotals.samples === 0 ? last : undefined;
  if (!final) {
    const validation = validate(bench, data, { training: plan.micro, validation: plan.micro }, turn);
    let next = await validation.next();
    for (; !next.done; next = await validation.next()) yield* said(bench.learner.step, next.value);
    final = { train: metricsOf(epochTotals, stepMetrics, outputShape), ...(next.value ? { validation: next.value } : {}) };
  }

  const weights = evaluationWeights(bench.learner.optimizer, await snapshotLearner(bench.learner));
  saveModel(outFolder, spec.model, bench.learner.network, weights, data.summary.labels);
  const receipt: Receipt = {
    format: 1,
    spec,
    plan,
    engine: runtime.report,
    versions: versions(),
    dataset: data.summary,
    parameters: weightCount(bench.learner.network, true),
    batch: plan.batch,
    microBatch: plan.micro,
    pieces: plan.pieces.length,
    budgetBytes: plan.budgetBytes,
    baselineBytes: bench.meter.baselineBytes,
    peakBytes: bench.meter.peakBytes,
    seed: spec.seed,
    reason,
    ...(recoveries.length > 0 ? { recoveries } : {}),
    final,
    startedAt,
    finishedAt: new Date().toISOString(),
    seconds: secondsBefore + sessionSeconds(),
  };
  writeFileAtomic(join(outFolder, 'receipt.json'), JSON.stringify(receipt, null, 2));
  yield { kind: 'saved', folder: outFolder };
  yield { kind: 'finished', reason, ...final, seconds: sessionSeconds(), memory: memory() };
}
