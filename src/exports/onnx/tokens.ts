// Layers of transformers in ONNX: tokens [batch, tokens, features].
import type { Conversion } from './convert';

/** Queries, keys and values lie beside each other in what it takes. */
export const attention: Conversion = ({ graph, layer, inputs, inputShapes: [[tokens, width]] }) => {
  const heads = Number(layer.config.heads);
  const size = width / (3 * heads);
  const parts = graph.add('Transpose', [graph.reshape(inputs[0], [tokens, 3, heads, size])], { perm: [2, 0, 3, 1, 4] });
  const [queries, keys, values] = [0, 1, 2].map((part) => graph.add('Gather', [parts, graph.integers('part', part)], { axis: 0 }));
  const scaled = graph.add('Mul', [queries, graph.scalar('scale', 1 / Math.sqrt(size))]);
  const products = graph.add('MatMul', [scaled, graph.add('Transpose', [keys], { perm: [0, 1, 3, 2] })]);
  const seen = graph.add('MatMul', [graph.add('Softmax', [products], { axis: -1 }), values]);
  return graph.reshape(graph.add('Transpose', [seen], { perm: [0, 2, 1, 3] }), [tokens, width / 3]);
};

export const classToken: Conversion = ({ graph, inputs, inputShapes: [[, features]], weight }) => {
  const token = graph.constant('token', { ...weight('token'), shape: [1, 1, features] });
  const samples = graph.add('Shape', inputs, { start: 0, end: 1 });
  const shape = graph.add('Concat', [samples, graph.integers('one_token', [1, features])], { axis: 0 });
  return graph.add('Concat', [graph.add('Expand', [token, shape]), inputs[0]], { axis: 1 });
};

export const firstToken: Conversion = ({ graph, inputs }) => graph.add('Gather', [inputs[0], graph.integers('first', 0)], { axis: 1 });

export const positionEmbedding: Conversion = ({ graph, inputs, weight }) =>
  graph.add('Add', [inputs[0], graph.constant('places', weight('places'))]);
