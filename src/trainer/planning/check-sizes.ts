// How many samples a check of whole against pieces takes, and how it cuts them.
import { sizeOf } from '#engine/layers/layer';
import { createOptimizer } from '#engine/optimizers';
import { equalPieces } from '#engine/pieces';
import { workOf } from '#engine/work';
import { FailureError } from '#shared/failure';
import { fits } from '#shared/forecast';
import { turn } from '../turn';
import { cut, type Wanted } from './cut';
import { PeakCurve } from './peak-curve';
import { lookAtSteps } from './shapes';
import type { Subject } from './subject';

export const LEAST_SAMPLES = 4;
const MOST_SAMPLES = 64;
/** Forward multiply-adds of all of them, so that the check takes seconds with a large network, too. */
const MOST_WORK = 2 ** 36;

/**
 * Of what is allowed, where more than the least are taken: shapes say up to a quarter too little, and what passes the budget is noticed only when a
 * function has run once.
 */
const COUNTED_ON = 0.75;

/** Host memory beside the engine's: what is read ahead, the first weights, the whole gradient, and one array more of it as it is read. */
export function heldByCheck({ data, network, runtime }: Subject): number {
  if (runtime.meter.isDeviceMemory) return 0;
  const bytes = network.weights.map(({ shape }) => 4 * sizeOf(shape));
  const trained = bytes.filter((_, i) => network.weights[i].trainable);
  const sum = (some: number[]): number => some.reduce((a, b) => a + b, 0);
  return data.hostBytes + sum(bytes) + sum(trained) + Math.max(0, ...trained);
}

/** As many as fit whole. @throws FailureError out-of-memory where too few do, bad-setting where there are too few */
export async function samplesToCheck(subject: Subject, { budgetBytes }: Wanted): Promise<number> {
  const { data, network, peaks } = subject;
  const train = data.train.length;
  if (train < LEAST_SAMPLES) {
    const problem = `There are ${train} training samples, and a check takes at least ${LEAST_SAMPLES}. Add more.`;
    throw new FailureError({ kind: 'bad-setting', problem });
  }
  const work = network.nodes.reduce((sum, _, place) => sum + workOf(network, place), 0);
  const most = Math.min(MOST_SAMPLES, train, Math.max(LEAST_SAMPLES, Math.floor(MOST_WORK / work)));
  await peaks.reach(budgetBytes, most, turn);
  const held = heldByCheck(subject);
  const neededBytes = peaks.at(LEAST_SAMPLES) + held;
  if (neededBytes > budgetBytes)
    throw new FailureError({ kind: 'out-of-memory', neededBytes, availableBytes: budgetBytes, micro: LEAST_SAMPLES });
  return Math.max(LEAST_SAMPLES, peaks.largest(COUNTED_ON * (budgetBytes - held), most));
}

/** The same without updates and what an optimizer keeps for them: gradients are compared. */
export function ofGradients({ data, runtime, network }: Subject): Subject {
  const optimizer = createOptimizer('sgd');
  const look = lookAtSteps(runtime, network, optimizer, data.objective);
  return { data, runtime, network, optimizer, peaks: new PeakCurve(look, data.train.length), staged: new Map() };
}

/** Of the run's batch; at least two, so that there is something to compare. */
export async function countOfPieces(planned: Subject, wanted: Wanted): Promise<number> {
  await planned.peaks.reach(wanted.budgetBytes, Math.min(wanted.batch, planned.data.train.length), turn);
  const row = cut(planned, wanted);
  return Math.max(2, fits(row) ? row.pieces.length : 2);
}

/** In so many pieces, the last one smaller where that can be: of one sample less, if need be. */
export function piecesToCheck(most: number, samples: number): number[] {
  const count = Math.min(samples, most);
  const isRagged = samples % count > 0 || 2 * count > samples || samples === LEAST_SAMPLES;
  const taken = isRagged ? samples : samples - 1;
  return equalPieces(taken, Math.ceil(taken / count));
}
