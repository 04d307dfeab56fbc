// Which values are parked when not all of them may be: those that are cheap to compute again for the bytes they take are given up first.
import type { Network } from '../network';
import type { Objective } from '../objectives/objective';
import { exactBatchNorm, type ExactBatchNorm } from './exact';

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Multiply-adds of a place for one sample; one for each value where it has no kernel. */
export function workOf({ nodes }: Network, place: number): number {
  const { outputShape, weights } = nodes[place].layer;
  const kernels = weights.reduce((sum, { shape, decays }) => sum + (decays ? size(shape) / shape[shape.length - 1] : 0), 0);
  return size(outputShape) * Math.max(1, kernels);
}

/** Multiply-adds of all that a mini-batch runs forward, for one sample. */
export const forwardWork = ({ staging, steps }: ExactBatchNorm): number =>
  steps.reduce((sum, { fn }) => sum + fn.runs.reduce((work, place) => work + workOf(staging.network, place), 0), 0);

/** Parks at most so many bytes a sample, or as few as can be. */
export function chooseKept(network: Network, objective: Objective, mostBytesPerSample: number): ExactBatchNorm {
  let chosen = exactBatchNorm(network, undefined, objective);
  let kept = [...chosen.staging.kept];
  while (chosen.parkedBytesPerSample > mostBytesPerSample && kept.length > 0) {
    const now = forwardWork(chosen);
    const given = kept.map((place) => {
      const rest = exactBatchNorm(
        network,
        kept.filter((other) => other !== place),
        objective,
      );
      return { rest, price: (forwardWork(rest) - now) / size(network.nodes[place].layer.outputShape) };
    });
    chosen = given.reduce((best, next) => (next.price < best.price ? next : best)).rest;
    kept = [...chosen.staging.kept];
  }
  return chosen;
}
