// A trained network in TF.js' layers format, with stock layer classes only, so that plain tf.loadLayersModel opens it.
import type { BuiltWith } from '#shared/model-settings';
import type { ModelSource } from '#shared/saved-model-facts';
import type { TableEncoding } from '#shared/table';
import type { Network, NetworkNode } from './network';

/** What a reader needs beside the layers; lies under userDefinedMetadata. */
export type ModelMetadata = PictureMetadata | TableMetadata;

interface MetadataFacts {
  overbatch: 1;
  model: string;
  /** What was chosen of the model; absent: nothing. */
  options?: BuiltWith;
  /** What its training began with, besides new weights; absent: nothing. */
  start?: 'imagenet' | 'run' | 'model';
  /** The file it was read from; absent: it was trained here. */
  source?: ModelSource;
  /** Classes; none where the answer is a number. */
  labels: string[];
}

export interface PictureMetadata extends MetadataFacts {
  /** Height, width, channels. */
  inputShape: number[];
  /** In words and numbers: value = byte × scale. */
  preprocessing: { range: '0 to 1'; scale: number; channels: 'grey' | 'rgb'; resize: string } & PictureOrigin;
  /** Of the picture's classes; or of every pixel's, [height, width, classes]. */
  output: 'probabilities' | 'pixel probabilities';
}

/** What pictures were before the network saw them, as far as it is known. */
export interface PictureOrigin {
  /** Files are brought to this size first, and from it to the input's; absent: to the input's at once. */
  stored?: PictureArea;
  /** Upright files that were learnt from: their median width and height, and the widest and highest there was. */
  files?: { usual: PictureArea; largest: PictureArea };
}

interface PictureArea {
  width: number;
  height: number;
}

export interface TableMetadata extends MetadataFacts {
  /** Numbers of a row. */
  inputShape: [number];
  /** How the cells of a row become those numbers; shared/table.ts has the rules. */
  table: TableEncoding;
  /** The column that is answered. */
  target: string;
  /** "value": answer = output × deviation + mean, of table.fit.target. */
  output: 'probabilities' | 'value';
}

export interface LayersModel {
  json: Record<string, unknown>;
  /** All weights one after another, float32, little-endian. */
  weights: Uint8Array;
}

/** What stands in front of all layers of a saved network. */
export const INPUT = 'input_1';

/** Makes probabilities of the logits: softmax of classes that exclude each other, sigmoid of others; linear: of values. */
export type OutputActivation = 'softmax' | 'sigmoid' | 'linear';

export const activationOf = ({ output }: ModelMetadata): OutputActivation => (output === 'value' ? 'linear' : 'softmax');

/** A layer of a saved network that stock readers know. */
export interface FileLayer {
  className: string;
  name: string;
  config: Readonly<Record<string, unknown>>;
  /** Names of what it takes. */
  inputs: readonly string[];
  /** Its share of the weights, which the layers take in the network's order. */
  weights: readonly { name: string; shape: readonly number[] }[];
}

/** One layer a node; more where stock ones stand for it, of which the last has the node's name. */
function layersOf(network: Network, { name, layer, inputs }: NetworkNode, isKnown: boolean): FileLayer[] {
  const taken = inputs.map((place) => (place < 0 ? INPUT : network.nodes[place].name));
  const whole = [{ ...layer, inputs: inputs.map((_, i) => i - inputs.length) }];
  const stock = (isKnown ? undefined : layer.stock) ?? whole;
  const nameAt = (place: number): string => (place === stock.length - 1 ? name : `${name}_part_${place + 1}`);
  return stock.map((part, place) => ({
    className: part.className,
    name: nameAt(place),
    config: { name: nameAt(place), trainable: true, dtype: 'float32', ...part.config },
    inputs: part.inputs.map((from) => (from < 0 ? taken[taken.length + from] : nameAt(from))),
    weights: part.weights ?? [],
  }));
}

/** All layers behind the input, the last of which makes the answer. @param known classes of ours that the reader has too */
export function fileLayers(network: Network, activation: OutputActivation, known: readonly string[] = []): FileLayer[] {
  const name = activation === 'linear' ? 'value' : 'probabilities';
  const config = { name, trainable: true, dtype: 'float32', activation };
  const last = network.nodes[network.nodes.length - 1].name;
  return [
    ...network.nodes.flatMap((node) => layersOf(network, node, known.includes(node.layer.className))),
    { className: 'Activation', name, config, inputs: [last], weights: [] },
  ];
}

export function toLayersModel(
  network: Network,
  values: readonly Float32Array[],
  metadata: ModelMetadata,
  activation: OutputActivation = activationOf(metadata),
): LayersModel {
  const own = fileLayers(network, activation);
  const layers = [
    {
      class_name: 'InputLayer',
      name: INPUT,
      config: { name: INPUT, batch_input_shape: [null, ...network.inputShape], dtype: 'float32', sparse: false },
      inbound_nodes: [],
    },
    ...own.map(({ className, name, config, inputs }) => ({
      class_name: className,
      name,
      config,
      inbound_nodes: [inputs.map((from) => [from, 0, 0, {}])],
    })),
  ];
  const weights = own.flatMap((layer) =>
    layer.weights.map(({ name, shape }) => ({ name: `${layer.name}/${name}`, shape, dtype: 'float32' })),
  );
  return {
    json: {
      format: 'layers-model',
      generatedBy: 'Overbatch',
      convertedBy: null,
      modelTopology: {
        class_name: 'Model',
        config: { name: metadata.model, layers, input_layers: [[INPUT, 0, 0]], output_layers: [[own[own.length - 1].name, 0, 0]] },
      },
      weightsManifest: [{ paths: ['weights.bin'], weights }],
      userDefinedMetadata: metadata,
    },
    weights: joined(values),
  };
}

function joined(values: readonly Float32Array[]): Uint8Array {
  const bytes = new Uint8Array(values.reduce((sum, v) => sum + v.byteLength, 0));
  let at = 0;
  for (const v of values) {
    bytes.set(new Uint8Array(v.buffer, v.byteOffset, v.byteLength), at);
    at += v.byteLength;
  }
  return bytes;
}

/** The weights again, in the network's order; undefined when the bytes are not exactly as many as the network has. */
export function splitWeights(network: Network, bytes: Uint8Array): Float32Array[] | undefined {
  const sizes = network.weights.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  if (bytes.byteLength !== 4 * sizes.reduce((a, b) => a + b, 0)) return undefined;
  // A small Buffer lies somewhere in a pool, and its own slice() copies nothing.
  const all = new Float32Array(Uint8Array.from(bytes).buffer);
  let at = 0;
  return sizes.map((size) => all.slice(at, (at += size)));
}
