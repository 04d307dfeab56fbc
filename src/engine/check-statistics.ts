// Refuses, before a run, pieces that leave BatchNorm a single value per channel: its variance is zero, its output the same for every sample.
import { FailureError } from '#shared/failure';
import type { Plan } from '#shared/plan';
import type { Network } from './network';
import { pieceSizes } from './pieces';
import { statisticsPlaces } from './statistics';

/** @throws FailureError bad-setting */
export function checkStatistics(network: Network, train: number, batch: number, { micro, stages }: Pick<Plan, 'micro' | 'stages'>): void {
  const places = statisticsPlaces(network);
  if (places.length === 0) return;
  const isSingle = places.some(({ positions }) => positions === 1);
  if (!isSingle) return;
  // Stage by stage, statistics are those of the whole mini-batch: the short last one is the smallest.
  const rest = train % batch;
  if (rest === 1 || batch === 1) {
    throw new FailureError({
      kind: 'bad-setting',
      problem:
        batch === 1
          ? 'Batch normalization cannot learn from a batch of one sample, and every batch has one. Choose another batch size, frozen batch normalization or larger pictures.'
          : `Batch normalization cannot learn from a batch of one sample, and of ${train} training samples in batches of ${batch} one is left over. Choose another batch size, frozen batch normalization or larger pictures.`,
    });
  }
  if (!stages) refuseSingles(network, pieceSizes(train, 0, batch, micro).step);
}

/** @throws FailureError bad-setting when a piece of one sample, normalized by itself, is one value per channel */
export function refuseSingles(network: Network, pieces: readonly number[]): void {
  if (!pieces.includes(1) || !statisticsPlaces(network).some(({ positions }) => positions === 1)) return;
  throw new FailureError({
    kind: 'bad-setting',
    problem:
      'Batch normalization cannot learn from micro-batches of one sample: a channel has a single value there, which says nothing about its spread. Choose micro-batches of 2 or more, or exact or frozen batch normalization.',
  });
}
