// One mini-batch by Micro-Batch Processing (Piao et al., arXiv 2110.12484): its micro-batches one after another, gradients
// summed, one update. Between pieces only the carry lives: totals, gradient sums, pooled statistics.
import { dispose, fill, scalar, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { clipFactor } from './clip';
import type { PieceProgress } from '#shared/piece-progress';
import { averageStatistic } from './ema';
import { accumulateExactly } from './exact-batch-norm/accumulate';
import type { ExactBatchNorm } from './exact-batch-norm/exact';
import { stepCalls } from './joined-pieces';
import type { Learner } from './learner';
import { afterUpdate, smaller } from './loss-scale';
import type { BudgetMeter } from './meter';
import type { Programs } from './programs';
import { moveAverages, statisticsPlaces } from './statistics';
import { carrySpecs } from './step';
import { readTotals, type Totals } from './totals';
import { refuseToCut } from './verdict';

/** What the functions of a step work with, made once a run. */
export interface Workbench {
  learner: Learner;
  programs: Programs;
  meter: BudgetMeter;
  /** Mini-batches run stage by stage, so that BatchNorm is the whole one's; absent: each piece is normalized by itself. */
  exact?: ExactBatchNorm;
  /** Told after each call of the engine, of a mini-batch that is trained. */
  onPiece?: (progress: PieceProgress) => void;
}

/** Hands over the tensors [x, ...targets, sample weights, ...noise] of one piece; called once a piece, in order. */
export type PieceReader = (start: number, size: number) => Tensor[];

/** Totals, gradient sums and pooled statistics over all pieces. The caller disposes of the answer. */
export function accumulate(bench: Workbench, pieces: readonly number[], readPiece: PieceReader): Tensor[] {
  if (bench.exact) return accumulateExactly(bench, bench.exact, pieces, readPiece);
  const { learner, programs, meter } = bench;
  let carry: Tensor[] = tidy(() => carrySpecs(learner.network, programs.objective).map(({ shape }) => fill(shape, 0)));
  const scale = learner.lossScale ? [scalar(learner.lossScale.value)] : [];
  const total = pieces.reduce((sum, size) => sum + size, 0);
  let start = 0;
  try {
    for (const { size, count } of stepCalls(pieces, programs.piecesPerCall)) {
      const samples: Tensor[] = [];
      try {
        for (let i = 0; i < count; i++) samples.push(...readPiece(start + i * size, size));
        const next = meter.call(programs.step(size, count), [...samples, ...carry, ...learner.weights, ...scale], size);
        dispose(carry);
        carry = next;
      } finally {
        dispose(samples);
      }
      start += count * size;
      bench.onPiece?.({ step: learner.step + 1, done: start, samples: total });
    }
    return carry;
  } catch (error) {
    dispose(carry);
    throw error;
  } finally {
    dispose(scale);
  }
}

/** What a mini-batch came to. */
export interface MiniBatch extends Totals {
  /** Norm of its gradient before it was clipped; only where it is. */
  gradientNorm?: number;
  /** Its gradient left the range of float16, though its loss did not: to be done again with a smaller scale. */
  overflowed?: true;
}

/**
 * Reads a whole carry's totals, and the norm of its gradient where that is clipped or scaled: the one place of a mini-batch that waits for
 * the engine.
 */
export async function settle({ learner, programs, meter }: Workbench, carry: Tensor[]): Promise<MiniBatch> {
  const { lossScale } = learner;
  const isClipped = learner.optimizer.clipNorm !== undefined;
  if (!isClipped && !lossScale) return readTotals(carry[0]);
  const gradients = learner.network.weights.filter((w) => w.trainable).length;
  const [norm] = meter.call(programs.gradientNorm(), carry.slice(1, 1 + gradients), 1);
  try {
    const [totals, [ofSum]] = await Promise.all([readTotals(carry[0]), norm.data()]);
    const overflowed = lossScale && Number.isFinite(totals.lossSum) && !Number.isFinite(ofSum);
    return {
      ...totals,
      ...(isClipped ? { gradientNorm: ofSum / (totals.weightSum * (lossScale?.value ?? 1)) } : {}),
      ...(overflowed ? { overflowed } : {}),
    };
  } finally {
    norm.dispose();
  }
}

/** What the summed gradient is divided by: the summed weight, as many times as it is scaled, more where its mean is longer than it may be. */
function divisorOf({ weightSum, gradientNorm }: MiniBatch, { optimizer: { clipNorm }, lossScale }: Learner): number {
  const whole = weightSum * (lossScale?.value ?? 1);
  return gradientNorm === undefined || clipNorm === undefined ? whole : whole / clipFactor(gradientNorm, clipNorm);
}

interface Next {
  place: number;
  weight: Tensor;
  slots: Tensor[];
}

/** New weights and slots, call by call; gradients are let go once their update is made. */
export function* updates({ learner, programs, meter }: Workbench, carry: Tensor[], done: MiniBatch, rate: number): Generator<Next> {
  const { network, optimizer } = learner;
  const step = learner.step - learner.skipped + 1;
  const numbers = tidy(() => [divisorOf(done, learner), ...optimizer.scalars(rate, step)].map((value) => scalar(value)));
  try {
    let gradient = 1;
    for (const places of programs.updateGroups) {
      const sums = places.map(() => carry[gradient++]);
      const ofEach = places.flatMap((place, i) => [learner.weights[place], sums[i], ...learner.slots[place]]);
      const made = meter.call(programs.update(places), [...numbers, ...ofEach], 1);
      dispose(sums);
      for (const place of places) {
        const [weight, ...slots] = made.splice(0, 1 + optimizer.slots.length);
        yield { place, weight, slots };
      }
    }
    for (const { movingMean, movingVariance, positions } of statisticsPlaces(network)) {
      const pooled = { mean: carry[gradient++], squares: carry[gradient++] };
      const [old, oldSquared] = [movingMean, movingVariance].map((at) => learner.weights[at]);
      const averaged = (at: number, weight: Tensor) => [weight, ...averageStatistic(optimizer, learner.slots[at], weight, step)];
      // Both or none: what the first made is gone if the second does not fit.
      const made = tidy(() => {
        const [mean, variance] = moveAverages(old, oldSquared, pooled, positions * done.samples);
        return [averaged(movingMean, mean), averaged(movingVariance, variance)];
      });
      for (const [i, [weight, ...slots]] of made.entries()) yield { place: [movingMean, movingVariance][i], weight, slots };
    }
  } finally {
    dispose(numbers);
  }
}

/**
 * Everything the update makes, all or nothing: an update that runs out of memory half-way leaves weights, slots and statistics untouched.
 * Old and new exist side by side then; the gradients, let go call by call, and the activations, gone before, left room for that.
 */
export function allUpdates(bench: Workbench, carry: Tensor[], done: MiniBatch, rate: number): Next[] {
  const made: Next[] = [];
  try {
    for (const next of updates(bench, carry, done, rate)) made.push(next);
    return made;
  } catch (error) {
    for (const { weight, slots } of made) dispose([weight, ...slots]);
    throw error;
  }
}

/**
 * One mini-batch: pieces, one update, its totals. One whose samples all weigh nothing counts as a step, but makes no update.
 * @throws FailureError out-of-memory (or the engine's own words for it) with weights, slots and statistics as they were
 */
export async function trainMiniBatch(
  bench: Workbench,
  pieces: readonly number[],
  rate: number,
  readPiece: PieceReader,
): Promise<MiniBatch> {
  refuseToCut(bench.programs.objective.loss, pieces.length);
  const { learner } = bench;
  for (;;) {
    const carry = accumulate(bench, pieces, readPiece);
    try {
      const done = await settle(bench, carry);
      const less = done.overflowed && learner.lossScale && smaller(learner.lossScale);
      if (less) {
        learner.lossScale = less;
        continue;
      }
      if (done.weightSum > 0) applyUpdates(bench, carry, done, rate);
      else learner.skipped++;
      if (learner.lossScale) learner.lossScale = afterUpdate(learner.lossScale);
      learner.step++;
      return done;
    } finally {
      dispose(carry);
    }
  }
}

function applyUpdates(bench: Workbench, carry: Tensor[], done: MiniBatch, rate: number): void {
  const { learner } = bench;
  for (const { place, weight, slots } of allUpdates(bench, carry, done, rate)) {
    learner.weights[place].dispose();
    learner.weights[place] = weight;
    dispose(learner.slots[place]);
    learner.slots[place] = slots;
  }
}
