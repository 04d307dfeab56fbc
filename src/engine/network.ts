// A network as data: layers in the order they run, each with the places of its inputs and weights. Weights live outside, so that
// running it is a pure function.
import { tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { BuiltWith } from '#shared/model-settings';
import type { BatchNormMode, Precision } from '#shared/run-spec';
import type { SaverPlan } from './savers/saver-plan';
import { sizeOf, type CallContext, type Layer, type LayerFactory, type Shape, type WeightSpec } from './layers/layer';

export interface NetworkNode {
  name: string;
  layer: Layer;
  /** Places in `nodes` whose outputs it takes; −1 is the network's input. */
  inputs: number[];
  /** Place of its first weight in `weights`. */
  firstWeight: number;
}

export interface Network {
  /** Height, width, channels. */
  inputShape: Shape;
  nodes: NetworkNode[];
  weights: WeightSpec[];
  /** Of one sample: [classes] logits, or [height, width, channels]. */
  outputShape: Shape;
  /** The last axis of the output: one logit a class. */
  classes: number;
  /** What an input is multiplied by before the first layer; absent: that of bytes, 1 ÷ 255. */
  inputScale?: number;
  /** What was chosen when it was built, where anything was. */
  options?: BuiltWith;
  /** How its activations are kept for the backward pass; absent: as they are. */
  savers?: SaverPlan;
  /** What its BatchNorm layers take as statistics in training; absent: "per-micro-batch". */
  batchNorm?: BatchNormMode;
  /** In what its training computes products; absent: "float32". */
  precision?: Precision;
}

/** Grows a network layer by layer; `add` answers the place of the new layer, to be used as an input of later ones. */
export class NetworkBuilder {
  readonly input = -1;
  private readonly nodes: NetworkNode[] = [];
  private readonly weights: WeightSpec[] = [];
  private readonly counts = new Map<string, number>();

  constructor(private readonly inputShape: Shape) {}

  shape(place: number): Shape {
    return place === this.input ? this.inputShape : this.nodes[place].layer.outputShape;
  }

  add(factory: LayerFactory, ...inputs: number[]): number {
    const layer = factory(inputs.map((place) => this.shape(place)));
    const number = (this.counts.get(layer.className) ?? 0) + 1;
    this.counts.set(layer.className, number);
    this.nodes.push({ name: `${snakeCase(layer.className)}_${number}`, layer, inputs, firstWeight: this.weights.length });
    this.weights.push(...layer.weights);
    return this.nodes.length - 1;
  }

  build(): Network {
    const outputShape = this.shape(this.nodes.length - 1);
    return {
      inputShape: this.inputShape,
      nodes: this.nodes,
      weights: this.weights,
      outputShape,
      classes: outputShape[outputShape.length - 1],
    };
  }
}

const snakeCase = (className: string): string => className.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();

/** For each node the place of its last reader; the end of the network for its output. */
export function lastReaders({ nodes }: Network): number[] {
  const last = nodes.map(() => nodes.length);
  for (let place = nodes.length - 1; place >= 0; place--) {
    for (const from of nodes[place].inputs) if (from >= 0 && last[from] === nodes.length) last[from] = place;
  }
  return last;
}

/** Told of every layer that ran, before what it took may be let go. */
export type LayerObserver = (place: number, inputs: Tensor[], output: Tensor) => void;

/**
 * Runs nodes `from` to `to` − 1. An activation made here is let go once its last reader ran, what was given stays; a tape keeps what it needs.
 * @param given by place what these nodes read of earlier ones; −1 is the network's input
 * @returns by place what was made here and is read from `to` on
 */
export function runNodes(
  network: Network,
  [from, to]: readonly [number, number],
  given: ReadonlyMap<number, Tensor>,
  weights: Tensor[],
  context: CallContext,
  observe?: LayerObserver,
): Map<number, Tensor> {
  const last = lastReaders(network);
  const made = new Map<number, Tensor>();
  for (let place = from; place < to; place++) {
    const { layer, inputs, firstWeight } = network.nodes[place];
    const taken = inputs.map((input) => made.get(input) ?? given.get(input)!);
    const own = weights.slice(firstWeight, firstWeight + layer.weights.length);
    const output = tidy(() => layer.call(taken, own, context));
    observe?.(place, taken, output);
    made.set(place, output);
    for (const input of inputs) {
      if (last[input] !== place) continue;
      made.get(input)?.dispose();
      made.delete(input);
    }
  }
  return made;
}

/** Logits [n, classes] of pictures x [n, height, width, channels]. */
export function runNetwork(network: Network, x: Tensor, weights: Tensor[], context: CallContext): Tensor {
  const end = network.nodes.length;
  return runNodes(network, [0, end], new Map([[-1, x]]), weights, context).get(end - 1)!;
}

/** What could be trained, whether a run does or not. */
export const parameterCount = ({ nodes }: Network): number =>
  nodes.flatMap(({ layer }) => layer.weights).reduce((sum, w) => sum + (w.trainable ? sizeOf(w.shape) : 0), 0);

/** Of all weights, or of those alone that training moves. */
export const weightCount = (network: Network, trainableOnly = false): number =>
  network.weights.filter((w) => w.trainable || !trainableOnly).reduce((sum, w) => sum + sizeOf(w.shape), 0);
