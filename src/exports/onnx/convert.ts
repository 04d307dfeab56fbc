// What a conversion of one layer has at hand, and the conversions of layers with a window: their pictures have the channels first.
import type { Layer, Shape } from '#engine/layers/layer';
import { transposedPadding, windowOf, type Padding, type Pair } from '../channels-first';
import type { Values } from '../permute';
import type { Graph } from './graph';
import type { Attribute } from './messages';

export interface LayerToConvert {
  graph: Graph;
  layer: Layer;
  /** Names of what it takes, and their shapes as our network has them: channels last, without the axis of samples. */
  inputs: readonly string[];
  inputShapes: readonly Shape[];
  /** By its name in Keras; kernels of convolutions with their channels first. */
  weight(name: string): Values;
}

/** Adds what computes the layer; answers the name of its output. */
export type Conversion = (given: LayerToConvert) => string;

const pads = ([top, bottom]: Padding, [left, right]: Padding): number[] => [top, left, bottom, right];

function windowAttributes(layer: Layer, shape: Shape): Record<string, Attribute> {
  const { kernel, strides, rows, columns } = windowOf(layer, shape);
  return { kernel_shape: kernel, strides, pads: pads(rows, columns) };
}

/** The names of a kernel and, where the layer has one, its bias. */
const weights = ({ graph, layer, weight }: LayerToConvert, kernel: string): string[] =>
  [kernel, ...(layer.config.use_bias ? ['bias'] : [])].map((name) => graph.constant(name, weight(name)));

export const convolution: Conversion = (given) =>
  given.graph.add('Conv', [given.inputs[0], ...weights(given, 'kernel')], windowAttributes(given.layer, given.inputShapes[0]));

export const depthwiseConvolution: Conversion = (given) => {
  const [, , channels] = given.inputShapes[0];
  const inputs = [given.inputs[0], ...weights(given, 'depthwise_kernel')];
  return given.graph.add('Conv', inputs, { ...windowAttributes(given.layer, given.inputShapes[0]), group: channels });
};

export const transposedConvolution: Conversion = (given) => {
  const [kernel, strides] = [given.layer.config.kernel_size, given.layer.config.strides] as [Pair, Pair];
  const [rows, columns] = kernel.map((size, i) => transposedPadding(size, strides[i]));
  const attributes = { kernel_shape: kernel, strides, pads: pads(rows, columns) };
  return given.graph.add('ConvTranspose', [given.inputs[0], ...weights(given, 'kernel')], attributes);
};

export const maxPooling: Conversion = ({ graph, layer, inputs, inputShapes }) =>
  graph.add('MaxPool', inputs, windowAttributes(layer, inputShapes[0]));

/** What lies outside the picture does not count. */
export const averagePooling: Conversion = ({ graph, layer, inputs, inputShapes }) =>
  graph.add('AveragePool', inputs, { ...windowAttributes(layer, inputShapes[0]), count_include_pad: 0 });
