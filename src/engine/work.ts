// How much a network computes, in multiply-adds, and whether that is so little that a second thread would only be waited for.
import { sizeOf } from './layers/layer';
import type { Network } from './network';

/**
 * Forward multiply-adds of a micro-batch, up to which one thread is faster than all: waking the others costs what they would save.
 * Measured on two cores (bench/NOTES.md); convolutions share their work better than dense layers do.
 */
const MOST_ALONE = 2 ** 25;
const MOST_ALONE_OF_CONVOLUTIONS = 2 ** 24;
const MEASURED_CORES = 2;

/** Multiply-adds of a place for one sample; one for each value where it has no kernel. */
export function workOf({ nodes }: Network, place: number): number {
  const { className, outputShape, weights } = nodes[place].layer;
  // Each channel has a filter of its own.
  if (className === 'DepthwiseConv2D') return sizeOf(outputShape) * weights[0].shape[0] * weights[0].shape[1];
  const kernels = weights.reduce((sum, { shape, decays }) => sum + (decays ? sizeOf(shape) / shape[shape.length - 1] : 0), 0);
  return sizeOf(outputShape) * Math.max(1, kernels);
}

/** @param largest samples of the largest micro-batch there can be */
export function computesBestAlone(network: Network, largest: number, cores: number): boolean {
  const work = network.nodes.reduce((sum, _, place) => sum + workOf(network, place), 0);
  const most = network.nodes.some(({ layer }) => layer.className.includes('Conv')) ? MOST_ALONE_OF_CONVOLUTIONS : MOST_ALONE;
  return largest * work <= most * Math.min(1, MEASURED_CORES / cores);
}
