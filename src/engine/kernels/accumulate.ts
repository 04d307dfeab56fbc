// The sum over micro-batches, where the engine can in the sum's own memory: a second copy of all gradients would be as large as the weights.
import { engine, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';

/** {sum, gradient} of one shape → [sum + gradient]; what `sum` held may be overwritten. */
export const ACCUMULATE = 'OverbatchAccumulate';

/** sum + gradient. The sum given is spent: nobody may read it again, and it can be disposed of as always. */
export const accumulateInto = (sum: Tensor, gradient: Tensor): Tensor =>
  (engine().runKernel(ACCUMULATE, { sum, gradient } as unknown as NamedTensorMap) as unknown as Tensor[])[0];
