// How much a network computes, in multiply-adds, and whether that is so little that a second thread would only be waited for.
import { sizeOf } from './layers/layer';
import type { Network } from './network';

/**
 * Forward multiply-adds of a micro-batch up to which one thread is faster than two: waking the other costs what it would save
 * (bench/NOTES.md, measured on two cores).
 */
const MOST_ALONE = 2 ** 24;

/** Multiply-adds of a place for one sample; one for each value where it has no kernel. */
export function workOf({ nodes }: Network, place: number): number {
  const { outputShape, weights } = nodes[place].layer;
  const kernels = weights.reduce((sum, { shape, decays }) => sum + (decays ? sizeOf(shape) / shape[shape.length - 1] : 0), 0);
  return sizeOf(outputShape) * Math.max(1, kernels);
}

/** @param largest samples of the largest micro-batch there can be */
export const computesBestAlone = (network: Network, largest: number): boolean =>
  largest * network.nodes.reduce((sum, _, place) => sum + workOf(network, place), 0) <= MOST_ALONE;
