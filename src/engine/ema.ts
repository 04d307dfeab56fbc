// Exponential moving average of the weights, moved once a mini-batch; where it is kept, validation and the saved model use it.
// As PyTorch's AveragedModel with get_ema_multi_avg_fn and use_buffers: the first update copies, running statistics are averaged too.
import { add, mul, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Optimizer } from './optimizers';

/** The slot's name. */
export const AVERAGE = 'average';

const keptAt = (decay: number, step: number): number => (step === 1 ? 0 : decay);

/** Keeps the average as one more slot, the last: so it is counted, saved and restored with the others. */
export const withAverage = (optimizer: Optimizer, decay: number): Optimizer => ({
  ...optimizer,
  ema: decay,
  slots: [...optimizer.slots, AVERAGE],
  scalars: (rate, step) => [keptAt(decay, step), 1 - keptAt(decay, step), ...optimizer.scalars(rate, step)],
  apply(weight, gradient, slots, [kept, taken, ...scalars], decays) {
    const next = optimizer.apply(weight, gradient, slots.slice(0, -1), scalars, decays);
    return [...next, add(mul(slots[slots.length - 1], kept), mul(next[0], taken))];
  },
});

/** The slots of a running statistic after update `step`. */
export function averageStatistic({ ema }: Optimizer, [average]: Tensor[], statistic: Tensor, step: number): Tensor[] {
  if (ema === undefined) return [];
  const kept = keptAt(ema, step);
  return [tidy(() => add(mul(average, kept), mul(statistic, 1 - kept)))];
}

/** What validation and the saved model use, of a learner or of a snapshot of one: the averages where they are kept, frozen weights as they are. */
export const evaluationWeights = <T>({ ema }: Optimizer, { weights, slots }: { weights: T[]; slots: T[][] }): T[] =>
  ema === undefined ? weights : weights.map((weight, i) => slots[i].at(-1) ?? weight);
