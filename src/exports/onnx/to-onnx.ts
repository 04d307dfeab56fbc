// A trained network as an ONNX file. Pictures enter and masks leave it with the channels last, as our engine has them; inside, the channels
// come first, which is what the operations of ONNX want.
import type { ModelMetadata } from '#engine/layers-model';
import type { Network } from '#engine/network';
import { channelsFirstWeight } from '../channels-first';
import { Graph } from './graph';
import { convertLayer } from './layers';
import { encodeModel } from './messages';

/** Of 2022: LayerNormalization is in it, and runtimes for phones and browsers know it. */
export const OPSET = 17;

const isPicture = (shape: readonly number[]): boolean => shape.length === 3;

/**
 * Takes "input" [batch, …inputShape] of float32 (pictures 0 to 1, rows standardized as the metadata say) and answers "probabilities" or
 * "value" [batch, …outputShape].
 */
export function toOnnx(network: Network, weights: readonly Float32Array[], metadata: ModelMetadata): Uint8Array {
  const graph = new Graph();
  graph.enter('input');
  const first = isPicture(network.inputShape) ? graph.channelsFirst('input') : 'input';
  const made: string[] = [];
  for (const node of network.nodes) {
    graph.enter(node.name);
    const output = convertLayer({
      graph,
      layer: node.layer,
      inputs: node.inputs.map((place) => (place < 0 ? first : made[place])),
      inputShapes: node.inputs.map((place) => (place < 0 ? network.inputShape : network.nodes[place].layer.outputShape)),
      weight: (name) => channelsFirstWeight(node, name, weights),
    });
    made.push(output);
  }
  graph.enter('output');
  const last = made[made.length - 1];
  const logits = isPicture(network.outputShape) ? graph.channelsLast(last) : last;
  const isValue = metadata.output === 'value';
  const output = isValue ? graph.add('Identity', [logits], {}, 'value') : graph.add('Softmax', [logits], { axis: -1 }, 'probabilities');
  return encodeModel({
    name: metadata.model,
    about: `${metadata.model}, trained with Overbatch`,
    opset: OPSET,
    input: { name: 'input', shape: network.inputShape },
    output: { name: output, shape: network.outputShape },
    operations: graph.operations,
    constants: graph.constants,
    metadata: { labels: JSON.stringify(metadata.labels), overbatch: JSON.stringify(metadata) },
  });
}
