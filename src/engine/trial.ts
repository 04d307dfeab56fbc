// A verified trial of one piece size: everything a mini-batch of such pieces does, on black pictures, its result thrown away.
import { dispose } from '@tensorflow/tfjs-core';
import type { MeasuredPoint } from '#shared/plan';
import { evaluate } from './evaluate';
import { accumulate, allUpdates, settle, type Workbench } from './mbp';
import type { Network } from './network';
import type { TargetSpec } from './objectives/objective';
import { evaluationReader, trainingReader } from './piece-readers';
import { blankSamples, type TrainingData } from './training-data';

const NO_LIST = { indices: new Int32Array() };

/** Nothing is ever taken by index. */
const blankData = ({ inputShape, classes }: Network, targets: readonly TargetSpec[]): TrainingData => ({
  inputShape,
  classes,
  train: NO_LIST.indices,
  validation: NO_LIST.indices,
  read: (_list, _start, size) => blankSamples(size, inputShape, targets),
});

/** Of a piece that takes longer, one tells enough: what the first call of a function does besides is little of that. */
const LONG_MS = 2_000;

/**
 * Peak bytes above the loaded engine (parked ones apart, which grow with the mini-batch) and milliseconds of one piece, from two pieces of
 * `micro` samples (where some are worked in one call, from such a call and one piece alone), one update and
 * validation passes of the given sizes. Twice, because an engine's first call of a function does more than the later ones.
 * @param expectedMs of a piece, as smaller ones tell
 */
export async function trial(
  bench: Workbench,
  micro: number,
  evaluation: readonly number[],
  now: () => number,
  expectedMs = 0,
): Promise<MeasuredPoint> {
  const { learner, meter, programs } = bench;
  const targets = programs.objective.loss.targets(learner.network.outputShape);
  const blank = blankData(learner.network, targets);
  // Stage by stage, every piece has calls of its own.
  const joined = bench.exact ? 1 : programs.piecesPerCall(micro);
  const isLong = expectedMs > LONG_MS;
  const pieces = Array.from({ length: isLong ? 1 : joined > 1 ? joined + 1 : 2 }, () => micro);
  meter.resetPeak();
  let milliseconds = 0;
  for (let round = 0; round < (isLong ? 1 : 2); round++) {
    const begin = now();
    const carry = accumulate(bench, pieces, trainingReader(learner.network, blank, NO_LIST, 0, targets));
    try {
      const done = await settle(bench, carry);
      milliseconds = (now() - begin) / pieces.length;
      for (const { weight, slots } of allUpdates(bench, carry, done, 1e-3)) dispose([weight, ...slots]);
    } finally {
      dispose(carry);
    }
  }
  const stepBytes = meter.devicePeakBytes;
  const peakBytes = evaluation.length > 0 ? Math.max(stepBytes, await tryEvaluation(bench, evaluation)) : stepBytes;
  return { micro, peakBytes, milliseconds };
}

/** Peak bytes of validation passes of the given sizes, on black pictures. */
export async function tryEvaluation(bench: Workbench, sizes: readonly number[]): Promise<number> {
  const { learner, meter, programs } = bench;
  const targets = programs.objective.loss.targets(learner.network.outputShape);
  meter.resetPeak();
  await evaluate(bench, sizes, evaluationReader(blankData(learner.network, targets), NO_LIST, targets), () => Promise.resolve());
  return meter.devicePeakBytes;
}
