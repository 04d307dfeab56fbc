// The training part of a run with everything it leaves on disk: checkpoints, metrics.jsonl, the model, the receipt.
import { locale } from '#shared/language';
import { join, resolve } from 'node:path';
import { snapshotLearner } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import type { Network } from '#engine/network';
import type { Runtime } from '#engine/runtime';
import type { Recovery } from '#engine/recover';
import { dependsOnPieces } from '#engine/verdict';
import { replanned } from '#engine/replan';
import { metricsOf, NO_TOTALS, type Totals } from '#engine/totals';
import { stepsPerEpoch } from '#engine/course';
import { train, validate } from '#engine/train';
import { earlyEndSentence, type EvaluatedLoss } from '#shared/early-stopping';
import type { SavedBytes } from '#shared/disk-room';
import type { FailureError } from '#shared/failure';
import type { Plan } from '#shared/plan';
import type { KeptModel, MemoryReading, Receipt, RunEvent, RunEventOf } from '#shared/run-event';
import { keepsBest, type RunSpec } from '#shared/run-spec';
import { otherSessions } from '#shared/session';
import { startRun } from '#shared/start-settings';
import { writeFileAtomic } from './atomic';
import { isBetter } from './best-epoch';
import { BestWeights } from './best-weights';
import type { CheckpointHeader } from './checkpoint';
import { CheckpointKeeper } from './checkpoint-keeper';
import { chooseModel, keepBeside, modelOf } from './chosen-model';
import { EarlyEnding } from './early-end';
import { PAUSE } from './pause';
import { receiptOf, sessionOf } from './receipt';
import type { RunRequest } from './run-request';
import { MetricsLog } from './metrics-log';
import { RoomWatch } from './run-room';
import type { OpenData } from './open-training-data';
import { saveModel } from './saved-model';
import { countTest, testScoresBefore } from './test-part';
import { turn } from './turn';

type Told = RunEventOf<'recovered'>['during'];

interface Training {
  request: RunRequest;
  runtime: Runtime;
  data: OpenData;
  bench: Workbench;
  /** The network that is saved; the bench may train a part of it. */
  whole: Network;
  /** What it began with, where that was a file. */
  began?: CheckpointHeader['began'];
  plan: Plan;
  resumed?: CheckpointHeader;
  stop: AbortSignal;
  /** What saving its place and its model takes; absent: nobody keeps what it saves. */
  saved?: SavedBytes;
}

export async function* trainAndSave({
  request,
  runtime,
  data,
  bench,
  whole,
  began,
  plan: planned,
  resumed,
  stop,
  saved: bytes,
}: Training): AsyncGenerator<RunEvent, void, void> {
  const { spec, outFolder, datasetFolder } = request;
  let plan = planned;
  const changed = (): boolean => dependsOnPieces(bench.learner.network, plan.pieces, plan.stages);
  const recoveries: NonNullable<Receipt['recoveries']> = [
    ...(resumed?.recoveries ?? []),
    ...(request.recoveries ?? []).map((recovery) => ({ ...recovery, changesResult: changed() })),
    ...(resumed && hasLessRoom(request, resumed.plan, plan)
      ? [{ step: resumed.step, during: 'resumed' as const, from: resumed.plan.micro, micro: plan.micro, changesResult: changed() }]
      : []),
  ];
  const session = sessionOf(runtime);
  const madeBefore = otherSessions(resumed?.sessions ?? [], session);
  /** What the person hears when memory ran out: what happened, and the plan as it is now. */
  function* said(step: number, recovery: Recovery, during: Told = recovery.during): Generator<RunEvent> {
    plan = replanned(plan, bench, recovery);
    const changesResult = during === 'training' && changed();
    const { from, micro, neededBytes, availableBytes } = recovery;
    const told = { step, during, from, micro, neededBytes, availableBytes, changesResult };
    recoveries.push(told);
    yield { kind: 'recovered', ...told };
    if (during === 'training') yield { kind: 'planned', plan };
  }
  const startedAt = new Date().toISOString();
  const begin = performance.now();
  const sessionSeconds = (): number => (performance.now() - begin) / 1000;
  const secondsBefore = resumed?.seconds ?? 0;
  /** Of all processes that have made it. */
  const peakBytes = (): number => Math.max(resumed?.peakBytes ?? 0, bench.meter.peakBytes);
  const memory = (): MemoryReading => ({
    inUseBytes: bench.meter.inUseBytes,
    peakBytes: bench.meter.peakBytes,
    rssBytes: process.memoryUsage.rss(),
    ...(bench.meter.heapBytes === undefined ? {} : { heapBytes: bench.meter.heapBytes }),
  });

  const log = new MetricsLog(join(outFolder, 'metrics.jsonl'), resumed?.step ?? 0);
  // Checkpoints of older versions have no counts.
  let epochTotals: Totals = { ...NO_TOTALS, ...resumed?.epochTotals };
  let last = resumed?.lastEpoch;
  let best = resumed?.best;
  const ending = new EarlyEnding(spec, data.train.length, resumed);
  const savesBest = keepsBest(spec, data.validation.length);
  const bestWeights = new BestWeights(outFolder, bench.learner);
  const keeper = new CheckpointKeeper(
    outFolder,
    bench.learner,
    () => {
      bestWeights.settle();
      return {
        spec,
        plan,
        datasetHash: data.summary.contentHash,
        datasetFolder,
        epochTotals,
        lastEpoch: last,
        best,
        began,
        ...(ending.waitsSince !== undefined && { waitsSince: ending.waitsSince }),
        ...(recoveries.length > 0 ? { recoveries } : {}),
        sessions: [...madeBefore, session],
        peakBytes: peakBytes(),
        seconds: secondsBefore + sessionSeconds(),
      };
    },
    resumed?.saved,
    // What it was resumed from is whole: writing it anew could only lose it.
    request.resumeFolder !== undefined && resolve(request.resumeFolder) === resolve(outFolder) ? resumed?.step : undefined,
  );
  const room = bytes && new RoomWatch(outFolder, bytes);
  /** Why it pauses by itself. */
  let lack: FailureError | undefined;
  let endedEarly = ending.after(bench.learner.step, best);
  const perEpoch = stepsPerEpoch(data.train.length, spec.batch);
  const lastStep = spec.epochs * perEpoch;

  try {
    const { batch, epochs, learningRate, seed } = spec;
    const options = { data, batch, micro: plan.micro, epochs, learningRate, schedule: spec, seed };
    const clock = {
      now: () => performance.now(),
      pause: turn,
      stopping: () => stop.aborted || (lack ??= room?.look()) !== undefined,
      memory,
    };
    // Resumed where it had ended already, only to be finished, or told to end meanwhile, it is asked for no further step.
    const isOver = endedEarly || request.toFinish || (stop.aborted && bench.learner.step > 0);
    for await (const event of isOver ? [] : train(bench, { ...options, ...clock, epochTotals })) {
      if (event.kind === 'step-done') {
        epochTotals = event.epochTotals;
        if (stop.aborted || lack) break;
        if (keeper.isDue(false)) yield* written(await keeper.save());
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
      const isBest = isBetter(event, best);
      const problem = isBest && (event.validation || savesBest) ? await bestWeights.keep() : undefined;
      if (problem !== undefined) yield { kind: 'note', message: problem };
      if (isBest) best = { epoch: event.epoch, step: event.step, train: event.train, validation: event.validation };
      endedEarly = ending.after(event.step, best);
      if (stop.aborted || endedEarly || event.step >= lastStep || (lack ??= room?.look(true))) break;
      // Asked for by name, the best epoch is a place to go on from, too, whatever that costs.
      if (keeper.isDue(true) || (isBest && spec.finalModel === 'best')) yield* written(await keeper.save());
    }
  } finally {
    log.close();
  }

  const { outputShape } = bench.learner.network;
  const { stepMetrics } = bench.programs.objective;
  const isStopped = stop.aborted || request.toFinish === true || lack !== undefined;
  const reason = isStopped && !endedEarly && bench.learner.step < lastStep ? 'stopped' : 'completed';
  const saved = await keeper.save();
  await keeper.end();
  yield* written(saved);
  if (lack && !stop.aborted && reason === 'stopped') throw lack;
  if (stop.reason === PAUSE && reason === 'stopped') {
    yield { kind: 'paused', step: bench.learner.step, seconds: sessionSeconds() };
    return;
  }
  let final: Receipt['final'] | undefined = epochTotals.samples === 0 ? last : undefined;
  if (!final) {
    const validation = validate(bench, data, { training: plan.micro, validation: plan.micro }, turn);
    let next = await validation.next();
    for (; !next.done; next = await validation.next()) yield* said(bench.learner.step, next.value);
    final = { train: metricsOf(epochTotals, stepMetrics, outputShape), ...(next.value ? { validation: next.value } : {}) };
  }

  const runFolders = [outFolder, request.resumeFolder ?? outFolder] as const;
  const { step } = bench.learner;
  const done = { epochs: Math.floor(step / perEpoch), steps: step };
  const snapshot = saved?.snapshot ?? (await snapshotLearner(bench.learner));
  const chosen = chooseModel({ bench, runFolders, savesBest, best, snapshot, epoch: Math.ceil(step / perEpoch), final });
  const { kept, other } = chosen;
  if (chosen.problem !== undefined) yield { kind: 'note', message: chosen.problem };
  const of = last?.validation ? 'validation' : 'training';
  if (endedEarly) yield { kind: 'note', message: earlyEndSentence(endedEarly, of, kept.of === 'best epoch') };
  else if (kept.step < step) yield { kind: 'note', message: bestSentence(kept, of) };
  final = kept.final;
  const before = testScoresBefore(request.resumeFolder);
  const sha256 = saveModel(outFolder, spec.model, whole, kept.weights, { ...data.model, ...startFacts(spec) });
  const notBeside = keepBeside(outFolder, chosen);
  if (notBeside !== undefined) yield { kind: 'note', message: notBeside };
  const writeReceipt = (final: Receipt['final']): void => {
    const receipt = receiptOf(
      { spec, plan, runtime, data, bench, whole },
      {
        reason,
        endedEarly,
        source: began?.source,
        ...(began?.weights !== undefined && { startWeights: began.weights }),
        ...(ending.waitsSince !== undefined && { extendedAfter: ending.waitsSince }),
        recoveries,
        ...(madeBefore.length > 0 && { madeBefore }),
        done,
        model: modelOf(kept),
        ...(other && notBeside === undefined && { other: { ...modelOf(other), final: other.final } }),
        weights: sha256,
        ...(before > 0 && { testScoresBefore: before }),
        saved: keeper.cost,
        peakBytes: peakBytes(),
        final,
        startedAt,
        seconds: secondsBefore + sessionSeconds(),
      },
    );
    writeFileAtomic(join(outFolder, 'receipt.json'), JSON.stringify(receipt, null, 2));
  };
  // The run is whole before its test part is counted, which is done when nothing more is to come.
  writeReceipt(final);
  if (reason === 'completed' && data.test.length > 0) {
    yield { kind: 'note', message: `The test part is counted: ${data.test.length.toLocaleString(locale)} samples.` };
    const counted = countTest(bench, data, kept.weights, plan.micro, stop);
    let test = await counted.next();
    for (; !test.done; test = await counted.next()) yield* said(bench.learner.step, test.value, 'test');
    if (typeof test.value === 'string') yield { kind: 'note', message: test.value };
    else final = { ...final, test: test.value };
    writeReceipt(final);
  }
  yield { kind: 'saved', folder: outFolder };
  yield { kind: 'finished', reason, ...(endedEarly && { endedEarly }), ...final, seconds: sessionSeconds(), memory: memory() };
}

/** Where a training process died of its pieces, that is told already. */
export const hasLessRoom = ({ mostMicro }: RunRequest, before: Pick<Plan, 'micro'>, now: Pick<Plan, 'micro'>): boolean =>
  mostMicro === undefined && now.micro < before.micro;

const bestSentence = ({ epoch }: KeptModel, of: EvaluatedLoss): string =>
  of === 'validation'
    ? `The saved model is that of epoch ${epoch}, whose validation loss was the lowest.`
    : `The saved model is that of epoch ${epoch}, whose training loss was the lowest.`;

/** Of which run it was does not leave this computer. */
const startFacts = ({ start = 'scratch' }: RunSpec): { start?: 'imagenet' | 'run' | 'model' } =>
  start === 'scratch' ? {} : { start: start === 'imagenet' ? start : startRun(start) === undefined ? 'model' : 'run' };

function* written(saved: Awaited<ReturnType<CheckpointKeeper['save']>>): Generator<RunEvent> {
  if (saved) yield saved.event;
}
