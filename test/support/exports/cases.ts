// Every model of the catalogue, small, with weights that are nobody's: what exports are tried with.
import { dispose, tensor } from '@tensorflow/tfjs-core';
import { sizeOf } from '#engine/layers/layer';
import type { ModelMetadata } from '#engine/layers-model';
import type { EmbeddedBlock } from '#shared/embedding';
import type { Network } from '#engine/network';
import { prediction } from '#engine/predict';
import { randomStream } from '#engine/random';
import type { Runtime } from '#engine/runtime';
import { headPlace } from '#engine/trained-part';
import { MASK_MODELS, MODEL_NAMES, type ModelName } from '#shared/run-spec';
import { shiftedWeights } from '#test/support/shifted-weights';
import { smallNetwork } from '#test/support/small-networks';

/** Samples that an export and our engine are compared on. */
export const SAMPLES = 32;

export interface ExportCase {
  name: string;
  network: Network;
  weights: Float32Array[];
  metadata: ModelMetadata;
}

const pictures = (name: string, model: ModelName, network: Network): ExportCase => ({
  name,
  network,
  weights: shiftedWeights(network),
  metadata: {
    overbatch: 1,
    model,
    labels: ['a', 'b', 'c', 'd'],
    inputShape: [...network.inputShape],
    preprocessing: { range: '0 to 1', scale: 1 / 255, channels: network.inputShape[2] === 1 ? 'grey' : 'rgb', resize: 'none' },
    output: MASK_MODELS.includes(model) ? 'pixel probabilities' : 'probabilities',
  },
});

function rows(name: string, width: number, embedded?: EmbeddedBlock[]): ExportCase {
  const network: Network = { ...smallNetwork('mlp', 1, { shape: [width], embedded }), inputScale: 1 };
  return {
    name,
    network,
    weights: shiftedWeights(network),
    metadata: {
      overbatch: 1,
      model: 'mlp',
      labels: [],
      inputShape: [width],
      table: { format: { kind: 'csv', delimiter: ',', decimal: '.' }, columns: [], fit: { columns: [] } } as never,
      target: 'price',
      output: 'value',
    },
  };
}

export const EXPORT_CASES: readonly ExportCase[] = [
  ...MODEL_NAMES.map((model) => pictures(model, model, smallNetwork(model, 4))),
  // Neither square nor even: padding is lopsided in some layers.
  pictures('resnet-8 of 19 × 15 pixels', 'resnet-8', smallNetwork('resnet-8', 4, { shape: [19, 15, 3] })),
  pictures('resnet-8 with group normalization', 'resnet-8', smallNetwork('resnet-8', 4, { normalization: 'group' })),
  pictures('u-net-light with group normalization', 'u-net-light', smallNetwork('u-net-light', 4, { normalization: 'group' })),
  rows('mlp of rows, which answers with a number', 7),
  rows('mlp of rows with two categories embedded', 31, [
    { from: 2, size: 12, dimensions: 6 },
    { from: 16, size: 11, dimensions: 6 },
  ]),
];

/** What the first layer takes of each sample, one after another. */
export function inputsOf({ network }: ExportCase, count = SAMPLES): Float32Array {
  const random = randomStream(4);
  return Float32Array.from({ length: count * sizeOf(network.inputShape) }, () => random());
}

/** Our engine's own answers. */
export const answersOf = (runtime: Runtime, exported: ExportCase, inputs: Float32Array): Promise<Float32Array> =>
  outputsOf(runtime, exported, inputs, exported.metadata.output === 'value' ? 'values' : 'probabilities');

/** The same with a last layer whose outputs are at most 1 for these inputs: probabilities near 0 and 1 would hide what is wrong. */
export async function tempered(runtime: Runtime, exported: ExportCase): Promise<ExportCase> {
  const outputs = await outputsOf(runtime, exported, inputsOf(exported), 'values');
  const most = outputs.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const { network, weights } = exported;
  const { firstWeight } = network.nodes[headPlace(network)];
  return { ...exported, weights: weights.map((values, i) => (i < firstWeight ? values : values.map((value) => value / most))) };
}

async function outputsOf(
  runtime: Runtime,
  { network, weights }: ExportCase,
  inputs: Float32Array,
  as: 'probabilities' | 'values',
): Promise<Float32Array> {
  // The inputs are scaled already.
  const unscaled: Network = { ...network, inputScale: 1 };
  const shape = [inputs.length / sizeOf(network.inputShape), ...network.inputShape];
  const specs = [shape, ...network.weights.map((w) => w.shape)].map((s) => ({ shape: s, dtype: 'float32' as const }));
  const compiled = runtime.compile('answers', prediction(unscaled, as), specs);
  const given = [inputs, ...weights].map((values, i) => tensor(values, specs[i].shape, 'float32'));
  const [outputs] = compiled.call(given);
  try {
    return Float32Array.from(await outputs.data());
  } finally {
    dispose([outputs, ...given]);
    compiled.dispose();
  }
}
