// Loss scaling (Micikevicius et al. 2018, arXiv 1710.03740): float16 knows nothing below 6e-8 and nothing above 65,504, and most gradients
// are small. So the backward pass starts from a large power of two instead of 1, by which the one update divides: exact but at the ends of
// the range. A mini-batch that reaches the upper end is done again with half of it, so nothing of it is lost.
import type { Network } from './network';

export interface LossScale {
  /** A power of two, at least 1. */
  value: number;
  /** Updates since it last changed. */
  since: number;
}

/** As PyTorch's GradScaler doubles it. The start is less than its 2¹⁶, and it stops growing: gradients here are sums over samples, not means. */
const FIRST = 2 ** 12;
const DOUBLED_AFTER = 2000;
const MOST = 2 ** 24;

export const isScaled = ({ precision }: Network): boolean => precision === 'float16';

export const firstLossScale = (network: Network): LossScale | undefined => (isScaled(network) ? { value: FIRST, since: 0 } : undefined);

/** After a gradient that is no number: undefined where no smaller scale is left to try. */
export const smaller = ({ value }: LossScale): LossScale | undefined => (value > 1 ? { value: value / 2, since: 0 } : undefined);

export const afterUpdate = ({ value, since }: LossScale): LossScale =>
  since + 1 < DOUBLED_AFTER || value >= MOST ? { value, since: since + 1 } : { value: 2 * value, since: 0 };
