// A saved network is opened by stock TF.js and predicts the same; its weights come back.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { splitWeights, toLayersModel, type LayersModel, type ModelMetadata } from '#engine/layers-model';
import { uNet } from '#engine/models/u-net';
import { runNetwork, type Network } from '#engine/network';
import { prediction } from '#engine/predict';
import { randomStream } from '#engine/random';
import { MODEL_NAMES } from '#shared/run-spec';
import { directRuntime } from '#test/support/direct-runtime';
import { shiftedWeights } from '#test/support/shifted-weights';
import { smallNetwork } from '#test/support/small-networks';

beforeAll(directRuntime);

const INPUT_SHAPE = [16, 16, 3];

const metadataOf = (model: string): ModelMetadata => ({
  overbatch: 1,
  model,
  labels: ['a', 'b', 'c', 'd'],
  inputShape: INPUT_SHAPE,
  preprocessing: { range: '0 to 1', scale: 1 / 255, channels: 'rgb', resize: 'none' },
  output: 'probabilities',
});

/** What stock TF.js predicts for pictures of 0 to 1. */
async function stockPrediction({ json, weights }: LayersModel, x: tf.Tensor): Promise<tf.Tensor> {
  const { modelTopology, weightsManifest, userDefinedMetadata } = JSON.parse(JSON.stringify(json));
  const opened = await tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest[0].weights,
      weightData: weights.buffer as ArrayBuffer,
      userDefinedMetadata,
    }),
  );
  return opened.predict(x) as tf.Tensor;
}

function expectSame(ours: tf.Tensor, theirs: tf.Tensor): void {
  expect(theirs.shape).toEqual(ours.shape);
  const [a, b] = [ours, theirs].map((t) => t.dataSync() as Float32Array);
  expect(a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i])), 0)).toBeLessThan(1e-5);
  expect(Math.max(...a) - Math.min(...a)).toBeGreaterThan(1e-3);
}

function pictures(): tf.Tensor4D {
  const random = randomStream(4);
  return tf.tensor4d(
    Float32Array.from({ length: 2 * 16 * 16 * 3 }, () => Math.floor(256 * random())),
    [2, 16, 16, 3],
  );
}

const tensorsOf = (network: Network, values: Float32Array[]): tf.Tensor[] => values.map((v, i) => tf.tensor(v, network.weights[i].shape));

it('group normalization, which TF.js has no layer for, is saved as stock layers that predict the same within 1e-5', async () => {
  const network = smallNetwork('resnet-8', 4, { shape: INPUT_SHAPE, normalization: 'group' });
  const values = shiftedWeights(network);
  const x = pictures();
  const [ours] = prediction(network)([x, ...tensorsOf(network, values)]);
  expectSame(ours, await stockPrediction(toLayersModel(network, values, metadataOf('resnet-8')), tf.div(x, 255)));
});

it('a U-Net saved as a layers model is opened by stock tf.loadLayersModel and predicts the same masks within 1e-5', async () => {
  const network = uNet(INPUT_SHAPE, 2, 4);
  const values = shiftedWeights(network);
  const x = pictures();
  const logits = runNetwork(network, tf.div(x, 255), tensorsOf(network, values), { training: false, onBatchStatistics: () => {} });
  const saved = toLayersModel(network, values, metadataOf('u-net'), 'sigmoid');
  expectSame(tf.sigmoid(logits), await stockPrediction(saved, tf.div(x, 255)));
});

describe.each(MODEL_NAMES)('%s saved as a layers model', (model) => {
  const network = smallNetwork(model, 4, { shape: INPUT_SHAPE });
  const values = shiftedWeights(network);
  const metadata = metadataOf(model);

  it('is opened by stock tf.loadLayersModel and predicts the same within 1e-5', async () => {
    const x = pictures();
    const [ours] = prediction(network)([x, ...tensorsOf(network, values)]);
    expectSame(ours, await stockPrediction(toLayersModel(network, values, metadata), tf.div(x, 255)));
  });

  it('gives its weights back, and nothing for bytes of another length', () => {
    const { weights } = toLayersModel(network, values, metadata);
    const back = splitWeights(network, weights)!;
    expect(back.every((v, i) => Buffer.compare(Buffer.from(v.buffer), Buffer.from(values[i].buffer)) === 0)).toBe(true);
    expect(splitWeights(network, weights.slice(4))).toBeUndefined();
  });
});
