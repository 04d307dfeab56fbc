// Leaves weights of a network as they are: they take no gradient, no sum of gradients and nothing of the optimizer's.
import type { TrainedPart } from '#shared/start-settings';
import { lastReaders, type Network } from './network';

/** Layers that look at less of the picture than their input does say so in their settings; transposed ones enlarge it again. */
function strideOf(className: string, config: Readonly<Record<string, unknown>>): number {
  const [stride] = Array.isArray(config.strides) ? (config.strides as number[]) : [1];
  return className.endsWith('Transpose') ? 1 / stride : stride;
}

/** Of a network without stages, such as a transformer: its last part, by layers with weights. */
const LAST_PART = 1 / 3;

/** The first node of it. */
function lastStage(network: Network): number {
  const smallest = firstSmallest(network);
  const isBehindWeights = network.nodes.slice(0, smallest).some(({ layer }) => layer.weights.length > 0);
  return isBehindWeights ? smallest : lastPart(network);
}

/** More than the last layer, and from a place on where a single value goes in: no block is trained in half. */
function lastPart(network: Network): number {
  const { nodes } = network;
  const weighted = nodes.flatMap(({ layer }, place) => (layer.weights.length > 0 ? [place] : []));
  const wanted = Math.max(2, Math.round(weighted.length * LAST_PART));
  let place = weighted[Math.max(0, weighted.length - wanted)];
  while (place > 0 && !isCrossing(lastReaders(network), place)) place--;
  return place;
}

/** Whether what comes before a place is read from there on by its last value alone. */
const isCrossing = (last: readonly number[], end: number): boolean =>
  last.slice(0, end).filter((reader) => reader >= end).length === 1 && last[end - 1] >= end;

/** The first node where the picture is at its smallest, by how far it was scaled down and not by its size. */
function firstSmallest({ nodes }: Network): number {
  const scales: number[] = [];
  for (const { layer, inputs } of nodes) {
    const before = Math.max(...inputs.map((place) => (place < 0 ? 1 : scales[place])));
    scales.push(before * strideOf(layer.className, layer.config));
  }
  return scales.indexOf(Math.max(...scales));
}

/** The node that has an output for each class: the last that weighs its inputs. What only normalizes may stand behind it. */
export const headPlace = ({ nodes }: Network): number => nodes.findLastIndex(({ layer }) => ['Conv2D', 'Dense'].includes(layer.className));

/** The first node with a weight that is trained: no gradient goes past it. */
export const firstTrained = ({ nodes, weights }: Network): number =>
  nodes.findIndex(({ layer, firstWeight }) => layer.weights.some((_, i) => weights[firstWeight + i].trainable));

/** The same network, of which only that part is trained. */
export function withTrainedPart(network: Network, part: TrainedPart = 'everything'): Network {
  if (part === 'everything') return network;
  const { firstWeight } = network.nodes[part === 'head' ? headPlace(network) : lastStage(network)];
  return { ...network, weights: network.weights.map((w, i) => (i < firstWeight ? { ...w, trainable: false, frozen: true as const } : w)) };
}

/**
 * The place up to which a network answers the same for a sample in every step, and from which on nothing earlier is read: what comes before it
 * can be computed once. 0 where there is no such place, or nothing before it has weights: then there is nothing to spare.
 */
export function frozenEnd(network: Network): number {
  const { nodes, weights } = network;
  const isFixed = ({ layer, firstWeight }: Network['nodes'][number]): boolean =>
    !layer.noise && layer.weights.every((_, i) => weights[firstWeight + i].frozen === true);
  const last = lastReaders(network);
  const first = nodes.findIndex((node) => !isFixed(node));
  const firstWeighted = nodes.findIndex(({ layer }) => layer.weights.length > 0);
  for (let end = first; end > firstWeighted; end--) {
    if (isCrossing(last, end)) return end;
  }
  return 0;
}
