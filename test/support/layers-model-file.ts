// Models made and saved by stock TF.js layers, as files in a folder: model.json and its shards.
import * as tf from '@tensorflow/tfjs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomStream } from '#engine/random';
import { temporaryFolder } from './temporary-folder';

export interface WrittenModel {
  folder: string;
  /** model.json, to be changed and written again. */
  json: {
    modelTopology: unknown;
    weightsManifest: { paths: string[]; weights: { name: string; shape: number[] }[] }[];
    [more: string]: unknown;
  };
}

const SHARDS = ['group1-shard1of2.bin', 'group1-shard2of2.bin'];

/** Away from what layers begin with, so that a weight in the wrong place shows; variances stay above zero. */
export function scatter(model: tf.LayersModel, seed = 3): void {
  const random = randomStream(seed);
  for (const layer of model.layers) {
    const values = layer.getWeights().map((weight, i) => {
      const isVariance = layer.weights[i].name.includes('moving_variance');
      const value = isVariance ? () => 0.05 + random() : () => 0.6 * (random() - 0.5);
      return tf.tensor(Float32Array.from({ length: weight.size }, value), weight.shape);
    });
    if (values.length > 0) layer.setWeights(values);
  }
}

export async function writeLayersModel(model: tf.LayersModel, folder = temporaryFolder()): Promise<WrittenModel> {
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(
      async (artifacts) => ((saved = artifacts), { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) }),
    ),
  );
  const bytes = Buffer.from(tf.io.CompositeArrayBuffer.join(saved!.weightData));
  const half = Math.floor(bytes.length / 2);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, SHARDS[0]), bytes.subarray(0, half));
  writeFileSync(join(folder, SHARDS[1]), bytes.subarray(half));
  const json = {
    format: 'layers-model',
    modelTopology: saved!.modelTopology,
    weightsManifest: [{ paths: SHARDS, weights: saved!.weightSpecs as { name: string; shape: number[] }[] }],
  };
  writeFileSync(join(folder, 'model.json'), JSON.stringify(json));
  return { folder, json: JSON.parse(JSON.stringify(json)) as WrittenModel['json'] };
}

/** A residual net with everything that is mapped: cut edges, normalization without a centre, a sum, a joint, a share of zeros. */
export function residualModel(side: number | null = 16, channels = 3): tf.LayersModel {
  const { layers } = tf;
  const input = tf.input({ shape: [side, side, channels] });
  let x = layers.rescaling({ scale: 1 / 127.5, offset: -1 }).apply(input) as tf.SymbolicTensor;
  x = layers.zeroPadding2d({ padding: [[0, 1], [0, 1]] }).apply(x) as tf.SymbolicTensor; // prettier-ignore
  x = layers.conv2d({ filters: 8, kernelSize: 3, strides: 2, padding: 'valid', activation: 'relu' }).apply(x) as tf.SymbolicTensor;
  const shortcut = x;
  x = layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', useBias: false }).apply(x) as tf.SymbolicTensor;
  x = layers.batchNormalization({ epsilon: 1e-5, center: false }).apply(x) as tf.SymbolicTensor;
  x = layers.reLU({ maxValue: 6 }).apply(x) as tf.SymbolicTensor;
  x = layers.add().apply([x, shortcut]) as tf.SymbolicTensor;
  const pooled = layers.maxPooling2d({ poolSize: 2 }).apply(x) as tf.SymbolicTensor;
  const averaged = layers.averagePooling2d({ poolSize: 2 }).apply(x) as tf.SymbolicTensor;
  x = layers.concatenate().apply([pooled, averaged]) as tf.SymbolicTensor;
  x = layers.separableConv2d({ filters: 12, kernelSize: 3, padding: 'same', activation: 'relu' }).apply(x) as tf.SymbolicTensor;
  x = layers.globalAveragePooling2d({}).apply(x) as tf.SymbolicTensor;
  x = layers.dropout({ rate: 0.2 }).apply(x) as tf.SymbolicTensor;
  const output = layers.dense({ units: 5, activation: 'softmax' }).apply(x) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: output });
  scatter(model);
  return model;
}

/** A plain net of the textbook, a model inside a model, its answers by a layer of their own. */
export function sequentialModel(channels = 1): tf.LayersModel {
  const { layers } = tf;
  const eyes = tf.sequential({
    layers: [
      layers.conv2d({ inputShape: [14, 14, channels], filters: 4, kernelSize: 3, activation: 'relu' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
    ],
  });
  const model = tf.sequential({
    layers: [eyes, layers.dense({ units: 16, activation: 'relu' }), layers.dense({ units: 3 }), layers.softmax()],
  });
  return model;
}
