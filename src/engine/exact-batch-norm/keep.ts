// Which values are parked when not all of them may be: those that are cheap to compute again for the bytes they take are given up first.
import { sizeOf } from '../layers/layer';
import type { Network } from '../network';
import type { Objective } from '../objectives/objective';
import { workOf } from '../work';
import { exactBatchNorm, type ExactBatchNorm } from './exact';
import { cutIntoStages } from './stages';

/** Multiply-adds of all that a mini-batch runs forward, for one sample. */
export const forwardWork = ({ staging, steps }: ExactBatchNorm): number =>
  steps.reduce((sum, { fn }) => sum + fn.runs.reduce((work, place) => work + workOf(staging.network, place), 0), 0);

/** Parks at most so many bytes a sample, or as few as can be. */
export function chooseKept(network: Network, objective: Objective, mostBytesPerSample: number): ExactBatchNorm {
  const staged = cutIntoStages(network);
  let chosen = exactBatchNorm(network, undefined, objective, staged);
  /** Multiply-adds that parking a place saves, for each of its values. They grow as others are given up, so an old price is a lower bound. */
  const prices = new Map([...chosen.staging.kept].map((place) => [place, 0]));
  while (chosen.parkedBytesPerSample > mostBytesPerSample && prices.size > 0) {
    const [[cheapest], [, limit] = [0, Infinity]] = [...prices].sort(([, a], [, b]) => a - b);
    const rest = [...prices.keys()].filter((place) => place !== cheapest);
    const without = exactBatchNorm(network, rest, objective, staged);
    const price = (forwardWork(without) - forwardWork(chosen)) / sizeOf(network.nodes[cheapest].layer.outputShape);
    if (price > limit) {
      prices.set(cheapest, price);
      continue;
    }
    prices.delete(cheapest);
    chosen = without;
  }
  return chosen;
}
