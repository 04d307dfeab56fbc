// A network as data: layers in the order they run, each with the places of its inputs and weights. Weights live outside, so that
// running it is a pure function.
import { tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { CallContext, Layer, LayerFactory, Shape, WeightSpec } from './layers/layer';

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

/** Logits [n, classes] of pictures x [n, height, width, channels]. An activation is let go once its last reader ran; a tape keeps what it needs. */
export function runNetwork(network: Network, x: Tensor, weights: Tensor[], context: CallContext): Tensor {
  const readsLeft = network.nodes.map(() => 0);
  for (const { inputs } of network.nodes) for (const place of inputs) if (place >= 0) readsLeft[place]++;
  const outputs: Tensor[] = [];
  for (const { layer, inputs, firstWeight } of network.nodes) {
    const taken = inputs.map((place) => (place < 0 ? x : outputs[place]));
    const own = weights.slice(firstWeight, firstWeight + layer.weights.length);
    outputs.push(tidy(() => layer.call(taken, own, context)));
    for (const place of inputs) if (place >= 0 && --readsLeft[place] === 0) outputs[place].dispose();
  }
  return outputs[outputs.length - 1];
}

export const weightCount = (network: Network, trainableOnly = false): number =>
  network.weights.filter((w) => w.trainable || !trainableOnly).reduce((sum, w) => sum + w.shape.reduce((a, b) => a * b, 1), 0);
