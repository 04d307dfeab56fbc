// Mean and squares of a mini-batch, pooled micro-batch by micro-batch, by Chan, Golub and LeVeque (1979): sums of squares would cancel in
// 32 bits.
import { add, div, engine, mul, square, sub, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';

/**
 * {mean: [C], squares: [C], samples: one number, pieceMean: [C], pieceVariance: [C]}, {positions of one sample, count of the piece's}
 * → [mean, squares]; samples are those pooled so far.
 */
export const POOL_STATISTICS = 'OverbatchPoolStatistics';

export type PoolInputs = Record<'mean' | 'squares' | 'samples' | 'pieceMean' | 'pieceVariance', Tensor>;

export const poolStatistics = (inputs: PoolInputs, positions: number, count: number): Tensor[] =>
  engine().runKernel(POOL_STATISTICS, inputs as unknown as NamedTensorMap, { positions, count }) as unknown as Tensor[];

/** The kernel from stock ops. */
export function composedPool({ mean, squares, samples, pieceMean, pieceVariance }: PoolInputs, positions: number, count: number): Tensor[] {
  const before = mul(samples, positions);
  const share = div(count, add(before, count));
  const delta = sub(pieceMean, mean);
  return [add(mean, mul(delta, share)), add(add(squares, mul(pieceVariance, count)), mul(square(delta), mul(before, share)))];
}
