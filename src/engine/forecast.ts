// What a run will need, said before anything is computed: from the shapes of its functions' values (METHOD.md, "The planner").
import type { MemoryFit } from '#shared/plan';
import { sizeOf } from './layers/layer';
import type { Workbench } from './mbp';
import { slotsOf } from './optimizers';
import { carrySpecs } from './step';
import type { TensorSpec } from './runtime';

/** Bytes above the loaded engine at the worst moment of each part of a mini-batch, and of a validation piece. */
export interface ForecastPoint {
  micro: number;
  stepBytes: number;
  updateBytes: number;
  evaluationBytes: number;
}

const bytesOf = (specs: readonly TensorSpec[]): number => specs.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);

/** Undefined where the engine captures nothing: there only measuring tells. */
export function forecastPoint({ learner, programs }: Workbench, micro: number): ForecastPoint | undefined {
  const { network, optimizer } = learner;
  const step = programs.forecast('step', micro);
  const evaluation = programs.forecast('evaluation', micro);
  if (!step || !evaluation) return undefined;
  const weights = bytesOf(network.weights.map(({ shape }) => ({ shape, dtype: 'float32' })));
  const slots = network.weights.reduce((sum, spec) => sum + 4 * slotsOf(optimizer, spec).length * sizeOf(spec.shape), 0);
  const carry = bytesOf(carrySpecs(network, programs.objective));
  // Old and new weights and slots side by side, and the sums that are left: the last weight's alone at the end.
  const trained = network.weights.filter(({ trainable }) => trainable).reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
  const perSum = (1 + optimizer.slots.length) * trained;
  return {
    micro,
    stepBytes: weights + slots + carry + step.sampleBytes + step.callBytes,
    updateBytes: weights + slots + Math.max(carry, perSum),
    evaluationBytes: weights + slots + evaluation.sampleBytes + evaluation.callBytes,
  };
}

export const forecastPeak = ({ stepBytes, updateBytes, evaluationBytes }: ForecastPoint): number =>
  Math.max(stepBytes, updateBytes, evaluationBytes);

export type { MemoryFit };
