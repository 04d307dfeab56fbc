// A loss for mixed samples (augment/mixup.ts): the loss of a sample's own target and that of its partner's, weighted by their shares.
// For cross-entropy that is the loss of the mixed target itself; a share counts as so much of a sample, so any loss can be mixed.
import { add, mul, sub, type Scalar, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import type { Loss, Objective } from '../objective';

/** Targets: those of `loss` for the sample, the same for its partner, and the share [n] of the sample. */
export const mixed = (loss: Loss): Loss => ({
  ...loss,
  name: `${loss.name}, mixed`,
  targets: (output) => [...loss.targets(output), ...loss.targets(output), { shape: [], dtype: 'float32' }],
  sum: (output, targets, sampleWeights) => {
    const count = (targets.length - 1) / 2;
    const share: Tensor = targets[2 * count];
    const own = loss.sum(output, targets.slice(0, count), mul(sampleWeights, share) as Tensor1D);
    const partner = loss.sum(output, targets.slice(count, 2 * count), mul(sampleWeights, sub(1, share)) as Tensor1D);
    return { sum: add(own.sum, partner.sum) as Scalar, weight: add(own.weight, partner.weight) as Scalar };
  },
});

/** The same aim for mini-batches that are mixed; metrics look at the sample's own target, which is the larger share. */
export const mixedObjective = (objective: Objective): Objective => ({ ...objective, loss: mixed(objective.loss) });
