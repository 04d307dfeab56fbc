// Normalizations in ONNX. Group normalization is written out: its own operation came with opset 18 and was mended in 21.
import type { Conversion } from './convert';

const epsilonOf = (config: Readonly<Record<string, unknown>>): { float: number } => ({ float: Number(config.epsilon) });

export const batchNormalization: Conversion = ({ graph, layer, inputs, weight }) => {
  const weights = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((name) => graph.constant(name, weight(name)));
  return graph.add('BatchNormalization', [inputs[0], ...weights], { epsilon: epsilonOf(layer.config) });
};

export const layerNormalization: Conversion = ({ graph, layer, inputs, weight }) => {
  const weights = ['gamma', 'beta'].map((name) => graph.constant(name, weight(name)));
  return graph.add('LayerNormalization', [inputs[0], ...weights], { axis: -1, epsilon: epsilonOf(layer.config) });
};

/** Each group normalized as one channel, then scaled and shifted by channel. */
export const groupNormalization: Conversion = ({ graph, layer, inputs, inputShapes: [[height, width, channels]], weight }) => {
  const groups = Number(layer.config.groups);
  const ofGroups = (name: string, value: number): string =>
    graph.constant(name, { shape: [groups], values: new Float32Array(groups).fill(value) });
  const byChannel = (name: string): string => graph.constant(name, { ...weight(name), shape: [channels, 1, 1] });
  const grouped = graph.reshape(inputs[0], [groups, (channels / groups) * height * width]);
  const attributes = { epsilon: epsilonOf(layer.config) };
  const normalized = graph.add('InstanceNormalization', [grouped, ofGroups('ones', 1), ofGroups('zeros', 0)], attributes);
  const scaled = graph.add('Mul', [graph.reshape(normalized, [channels, height, width]), byChannel('gamma')]);
  return graph.add('Add', [scaled, byChannel('beta')]);
};
