// Every layer of ours as operations of ONNX, by the class it has in Keras.
import { knownSetting } from '../channels-first';
import { embeddedParts } from '../embedded-parts';
import {
  averagePooling,
  convolution,
  depthwiseConvolution,
  maxPooling,
  transposedConvolution,
  type Conversion,
  type LayerToConvert,
} from './convert';
import { batchNormalization, groupNormalization, layerNormalization } from './normalizations';
import { attention, classToken, firstToken, positionEmbedding } from './tokens';

const dense: Conversion = ({ graph, inputs, inputShapes: [shape], weight }) => {
  const [kernel, bias] = ['kernel', 'bias'].map((name) => graph.constant(name, weight(name)));
  if (shape.length === 1) return graph.add('Gemm', [inputs[0], kernel, bias]);
  return graph.add('Add', [graph.add('MatMul', [inputs[0], kernel]), bias]);
};

const activation: Conversion = ({ graph, layer, inputs: [x] }) => {
  if (knownSetting(layer, 'activation', ['relu', 'gelu']) === 'relu') return graph.add('Relu', [x]);
  // The exact GELU, x · ½ · (1 + erf(x ÷ √2)): its own operation came with opset 20.
  const error = graph.add('Erf', [graph.add('Mul', [x, graph.scalar('scale', Math.SQRT1_2)])]);
  const share = graph.add('Mul', [graph.add('Add', [error, graph.scalar('one', 1)]), graph.scalar('half', 0.5)]);
  return graph.add('Mul', [x, share]);
};

const relu6: Conversion = ({ graph, layer, inputs: [x] }) =>
  graph.add('Clip', [x, graph.scalar('least', 0), graph.scalar('most', knownSetting(layer, 'max_value', [6]))]);

const concatenate: Conversion = ({ graph, inputs, inputShapes: [shape] }) =>
  graph.add('Concat', inputs, { axis: shape.length === 3 ? 1 : -1 });

const globalAveragePooling: Conversion = ({ graph, inputs }) => graph.add('Flatten', [graph.add('GlobalAveragePool', inputs)], { axis: 1 });

const rescaling: Conversion = ({ graph, layer: { config }, inputs }) => {
  const scaled = graph.add('Mul', [inputs[0], graph.scalar('scale', Number(config.scale))]);
  return graph.add('Add', [scaled, graph.scalar('offset', Number(config.offset))]);
};

/** Places of a picture are told in the order that they have with channels last. */
const reshape: Conversion = ({ graph, layer: { outputShape }, inputs: [x], inputShapes: [shape] }) => {
  const shaped = graph.reshape(shape.length === 3 ? graph.channelsLast(x) : x, outputShape);
  return outputShape.length === 3 ? graph.channelsFirst(shaped) : shaped;
};

/** Zeros behind, one pixel less in front. */
const shift: Conversion = ({ graph, inputs: [x] }) => {
  const wider = graph.add('Pad', [x, graph.integers('pads', [0, 0, 0, 0, 0, 0, 1, 1])]);
  const [from, to, axes] = [
    [1, 1],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    [2, 3],
  ].map((list, i) => graph.integers(['from', 'to', 'axes'][i], list));
  return graph.add('Slice', [wider, from, to, axes]);
};

const zeroPadding: Conversion = ({ graph, layer: { config }, inputs: [x] }) => {
  const [[above, below], [left, right]] = config.padding as [[number, number], [number, number]];
  return graph.add('Pad', [x, graph.integers('pads', [0, 0, above, left, 0, 0, below, right])]);
};

/** Of each category the vector of its value, of other columns the numbers themselves. */
const categoryEmbedding: Conversion = ({ graph, layer, inputs: [x], inputShapes: [[width]], weight }) => {
  let next = 0;
  const axis = graph.integers('axis', [1]);
  const pieces = embeddedParts(layer, width).map(({ from, size, dimensions }) => {
    const own = graph.add('Slice', [x, graph.integers('from', [from]), graph.integers('to', [from + size]), axis]);
    if (dimensions === undefined) return own;
    const { name } = layer.weights[next++];
    return graph.add('MatMul', [own, graph.constant(name, weight(name))]);
  });
  return graph.add('Concat', pieces, { axis: 1 });
};

const CONVERSIONS: Readonly<Record<string, Conversion>> = {
  Activation: activation,
  Add: ({ graph, inputs }) => graph.add('Add', inputs),
  Attention: attention,
  AveragePooling2D: averagePooling,
  BatchNormalization: batchNormalization,
  CategoryEmbedding: categoryEmbedding,
  ClassToken: classToken,
  Concatenate: concatenate,
  Conv2D: convolution,
  Conv2DTranspose: transposedConvolution,
  Dense: dense,
  DepthwiseConv2D: depthwiseConvolution,
  Dropout: ({ inputs: [x] }) => x,
  FirstToken: firstToken,
  Flatten: reshape,
  GlobalAveragePooling2D: globalAveragePooling,
  GroupNormalization: groupNormalization,
  LayerNormalization: layerNormalization,
  MaxPooling2D: maxPooling,
  PositionEmbedding: positionEmbedding,
  ReLU: relu6,
  Rescaling: rescaling,
  Reshape: reshape,
  Shift2D: shift,
  ZeroPadding2D: zeroPadding,
};

/** @throws Error for a layer that has none yet: a test converts every one there is */
export function convertLayer(given: LayerToConvert): string {
  const { className } = given.layer;
  const conversion = CONVERSIONS[className];
  if (!conversion) throw new Error(`There is no conversion of the layer ${className} to ONNX. Add one to exports/onnx/layers.ts.`);
  return conversion(given);
}
