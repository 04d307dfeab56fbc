// How many samples a check of whole against pieces takes, and how it cuts them.
import { equalPieces } from '#engine/pieces';
import { workOf } from '#engine/work';
import { FailureError } from '#shared/failure';
import { fits } from '#shared/forecast';
import { turn } from '../turn';
import { cut, type Wanted } from './cut';
import type { Subject } from './subject';

export const LEAST_SAMPLES = 4;
const MOST_SAMPLES = 64;
/** Forward multiply-adds of all of them, so that the check takes seconds with a large network, too. */
const MOST_WORK = 2 ** 36;

/** As many as fit whole. @throws FailureError out-of-memory where too few do, bad-setting where there are too few */
export async function samplesToCheck({ data, network, peaks }: Subject, { budgetBytes }: Wanted): Promise<number> {
  const train = data.train.length;
  if (train < LEAST_SAMPLES) {
    const problem = `There are ${train} training samples, and a check takes at least ${LEAST_SAMPLES}. Add more.`;
    throw new FailureError({ kind: 'bad-setting', problem });
  }
  const work = network.nodes.reduce((sum, _, place) => sum + workOf(network, place), 0);
  const most = Math.min(MOST_SAMPLES, train, Math.max(LEAST_SAMPLES, Math.floor(MOST_WORK / work)));
  await peaks.reach(budgetBytes, most, turn);
  const fitting = peaks.largest(budgetBytes, most);
  if (fitting >= LEAST_SAMPLES) return fitting;
  throw new FailureError({
    kind: 'out-of-memory',
    neededBytes: peaks.at(LEAST_SAMPLES),
    availableBytes: budgetBytes,
    micro: LEAST_SAMPLES,
  });
}

/** In as many pieces as the run's batch, at least two, the last one smaller where that can be: of one sample less, if need be. */
export function piecesToCheck(subject: Subject, wanted: Wanted, samples: number): number[] {
  const planned = cut(subject, wanted);
  const count = Math.min(samples, Math.max(2, fits(planned) ? planned.pieces.length : 2));
  const isRagged = samples % count > 0 || 2 * count > samples || samples === LEAST_SAMPLES;
  const taken = isRagged ? samples : samples - 1;
  return equalPieces(taken, Math.ceil(taken / count));
}
