// What learns: a network's weights, the optimizer's slots and how far it has come, as tensors of the current engine.
import { dispose, fill, getBackend, mul, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { FailureError } from '#shared/failure';
import { AVERAGE } from './ema';
import { firstLossScale, type LossScale } from './loss-scale';
import type { Network } from './network';
import { slotsOf, type Optimizer } from './optimizers';

export interface Learner {
  readonly network: Network;
  readonly optimizer: Optimizer;
  /** In the network's order, trainable or not. */
  weights: Tensor[];
  /** For each weight what the optimizer keeps of it (slotsOf). */
  slots: Tensor[][];
  /** Mini-batches done. */
  step: number;
  /** Those of them whose samples all weighed nothing, so that they made no update; the optimizer does not count them. */
  skipped: number;
  /** Where products are computed in float16. */
  lossScale?: LossScale;
}

/** A learner's numbers outside the engine. */
export interface Snapshot {
  weights: Float32Array[];
  slots: Float32Array[][];
  step: number;
  /** Absent: none. */
  skipped?: number;
  lossScale?: LossScale;
}

export function createLearner(network: Network, optimizer: Optimizer, start: Float32Array[] | Snapshot): Learner {
  const snapshot = Array.isArray(start) ? undefined : start;
  const values = snapshot?.weights ?? (start as Float32Array[]);
  if (values.length !== network.weights.length) {
    throw new FailureError({
      kind: 'unexpected',
      message: `the network has ${network.weights.length} weights, ${values.length} were given.`,
    });
  }
  return {
    network,
    optimizer,
    weights: network.weights.map(({ shape }, i) => resident(values[i], shape)),
    slots: network.weights.map((spec, i) =>
      slotsOf(optimizer, spec).map((name, k) => {
        if (snapshot) return resident(snapshot.slots[i][k], spec.shape);
        return name === AVERAGE ? resident(values[i], spec.shape) : fill(spec.shape, 0);
      }),
    ),
    step: snapshot?.step ?? 0,
    skipped: snapshot?.skipped ?? 0,
    lossScale: snapshot?.lossScale ?? firstLossScale(network),
  };
}

/** TF.js uploads a tensor when an op first takes it; the result of an op is in the engine, and counted there, at once. */
const resident = (values: Float32Array, shape: number[]): Tensor => tidy(() => mul(tensor(values, shape, 'float32'), 1));

export function disposeLearner(learner: Learner): void {
  dispose(learner.weights);
  dispose(learner.slots);
}

/** Values in an array of their own: an engine with memory of its own copies them into one, TF.js's JavaScript engine answers with what it computes on. */
async function copy(tensor: Tensor): Promise<Float32Array> {
  const values = await tensor.data<'float32'>();
  return getBackend() === 'cpu' ? values.slice() : values;
}

/** Copies everything out; the learner goes on unchanged. */
export async function snapshotLearner({ weights, slots, step, skipped, lossScale }: Learner): Promise<Snapshot> {
  const result: Snapshot = { weights: [], slots: [], step, skipped, lossScale };
  for (const weight of weights) result.weights.push(await copy(weight));
  for (const list of slots) {
    const copies: Float32Array[] = [];
    for (const slot of list) copies.push(await copy(slot));
    result.slots.push(copies);
  }
  return result;
}
