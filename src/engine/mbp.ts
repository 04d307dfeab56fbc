// One mini-batch by Micro-Batch Processing (Piao et al., arXiv 2110.12484): its micro-batches one after another, gradients
// summed, one update. Between pieces only the carry lives: totals, gradient sums, pooled statistics.
import { dispose, fill, scalar, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { clipFactor } from './clip';
import { averageStatistic } from './ema';
import { stepCalls } from './joined-pieces';
import type { Learner } from './learner';
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
}

/** Hands over the tensors [x, ...targets, sample weights, ...noise] of one piece; called once a piece, in order. */
export type PieceReader = (start: number, size: number) => Tensor[];

/** Totals, gradient sums and pooled statistics over all pieces. The caller disposes of the answer. */
export function accumulate({ learner, programs, meter }: Workbench, pieces: readonly number[], readPiece: PieceReader): Tensor[] {
  let carry: Tensor[] = tidy(() => carrySpecs(learner.network, programs.objective).map(({ shape }) => fill(shape, 0)));
  let start = 0;
  for (const { size, count } of stepCalls(pieces, programs.piecesPerCall)) {
    const samples: Tensor[] = [];
    try {
      for (let i = 0; i < count; i++) samples.push(...readPiece(start + i * size, size));
      const next = meter.call(programs.step(size, count), [...samples, ...carry, ...learner.weights], size);
      dispose(carry);
      carry = next;
    } catch (error) {
      dispose(carry);
      throw error;
    } finally {
      dispose(samples);
    }
    start += count * size;
  }
  return carry;
}

/** What a mini-batch came to. */
export interface MiniBatch extends Totals {
  /** Norm of its gradient before it was clipped; only where it is. */
  gradientNorm?: number;
}

/** Reads a whole carry's totals, and the norm of its gradient where that is clipped: the one place of a mini-batch that waits for the engine. */
export async function settle({ learner, programs, meter }: Workbench, carry: Tensor[]): Promise<MiniBatch> {
  if (learner.optimizer.clipNorm === undefined) return readTotals(carry[0]);
  const gradients = learner.network.weights.filter((w) => w.trainable).length;
  const [norm] = meter.call(programs.gradientNorm(), carry.slice(1, 1 + gradients), 1);
  try {
    const [totals, [ofSum]] = await Promise.all([readTotals(carry[0]), norm.data()]);
    return { ...totals, gradientNorm: ofSum / totals.weightSum };
  } finally {
    norm.dispose();
  }
}

/** What the summed gradient is divided by: the summed weight, more where its mean is longer than it may be. */
const divisorOf = ({ weightSum, gradientNorm }: MiniBatch, clipNorm?: number): number =>
  gradientNorm === undefined || clipNorm === undefined ? weightSum : weightSum / clipFactor(gradientNorm, clipNorm);

interface Next {
  place: number;
  weight: Tensor;
  slots: Tensor[];
}

/** New weights and slots one after another, so that only one of them exists twice if the taker lets the old one go. */
export function* updates({ learner, programs, meter }: Workbench, carry: Tensor[], done: MiniBatch, rate: number): Generator<Next> {
  const { network, optimizer } = learner;
  const step = learner.step - learner.skipped + 1;
  const numbers = [divisorOf(done, optimizer.clipNorm), ...optimizer.scalars(rate, step)].map((value) => scalar(value));
  try {
    let gradient = 1;
    for (const [place, { trainable }] of network.weights.entries()) {
      if (!trainable) continue;
      const inputs = [learner.weights[place], carry[gradient++], ...numbers, ...learner.slots[place]];
      const [weight, ...slots] = meter.call(programs.update(place), inputs, 1);
      yield { place, weight, slots };
    }
    for (const { movingMean, movingVariance, positions } of statisticsPlaces(network)) {
      const pooled = { mean: carry[gradient++], squares: carry[gradient++] };
      const [mean, variance] = tidy(() =>
        moveAverages(learner.weights[movingMean], learner.weights[movingVariance], pooled, positions * done.samples),
      );
      const averaged = (place: number, statistic: Tensor) => averageStatistic(optimizer, learner.slots[place], statistic, step);
      yield { place: movingMean, weight: mean, slots: averaged(movingMean, mean) };
      yield { place: movingVariance, weight: variance, slots: averaged(movingVariance, variance) };
    }
  } finally {
    dispose(numbers);
  }
}

/**
 * One mini-batch: pieces, one update, its totals. One whose samples all weigh nothing counts as a step, but makes no update.
 * @throws FailureError out-of-memory before a piece that does not fit, with weights and slots as they were
 */
export async function trainMiniBatch(
  bench: Workbench,
  pieces: readonly number[],
  rate: number,
  readPiece: PieceReader,
): Promise<MiniBatch> {
  refuseToCut(bench.programs.objective.loss, pieces.length);
  const carry = accumulate(bench, pieces, readPiece);
  try {
    const done = await settle(bench, carry);
    if (done.weightSum > 0) applyUpdates(bench, carry, done, rate);
    else bench.learner.skipped++;
    bench.learner.step++;
    return done;
  } finally {
    dispose(carry);
  }
}

function applyUpdates(bench: Workbench, carry: Tensor[], done: MiniBatch, rate: number): void {
  const { learner } = bench;
  for (const { place, weight, slots } of updates(bench, carry, done, rate)) {
    learner.weights[place].dispose();
    learner.weights[place] = weight;
    dispose(learner.slots[place]);
    learner.slots[place] = slots;
  }
}
