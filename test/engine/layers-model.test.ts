// A saved network is opened by stock TF.js and predicts the same; its weights come back.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { initialWeights } from '#engine/initialize';
import { splitWeights, toLayersModel, type ModelMetadata } from '#engine/layers-model';
import { CATALOGUE } from '#engine/models/catalogue';
import { prediction } from '#engine/predict';
import { randomStream } from '#engine/random';
import { MODEL_NAMES } from '#shared/run-spec';
import { directRuntime } from '#test/support/direct-runtime';

beforeAll(directRuntime);

describe.each(MODEL_NAMES)('%s saved as a layers model', (model) => {
  const inputShape = [16, 16, 3];
  const network = CATALOGUE[model].build(inputShape, 4);
  const random = randomStream(3);
  // Away from the initial zeros and ones, so that a weight in the wrong place shows.
  const values = initialWeights(network, 1).map((w) => w.map((v) => v + 0.1 * random()));
  const metadata: ModelMetadata = {
    overbatch: 1,
    model,
    labels: ['a', 'b', 'c', 'd'],
    inputShape,
    preprocessing: { range: '0 to 1', scale: 1 / 255, channels: 'rgb', resize: 'none' },
    output: 'probabilities',
  };

  it('is opened by stock tf.loadLayersModel and predicts the same within 1e-5', async () => {
    const { json, weights } = toLayersModel(network, values, metadata);
    const { modelTopology, weightsManifest, userDefinedMetadata } = JSON.parse(JSON.stringify(json));
    const opened = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology,
        weightSpecs: weightsManifest[0].weights,
        weightData: weights.buffer as ArrayBuffer,
        userDefinedMetadata,
      }),
    );
    const pixels = Float32Array.from({ length: 2 * 16 * 16 * 3 }, () => Math.floor(256 * random()));
    const x = tf.tensor4d(pixels, [2, 16, 16, 3]);
    const [ours] = prediction(network)([x, ...values.map((v, i) => tf.tensor(v, network.weights[i].shape))]);
    const theirs = opened.predict(tf.div(x, 255)) as tf.Tensor;
    const [a, b] = [await ours.data(), await theirs.data()];
    expect(Math.max(...a.map((v, i) => Math.abs(v - b[i])))).toBeLessThan(1e-5);
    expect(Math.max(...a) - Math.min(...a)).toBeGreaterThan(1e-3);
  });

  it('gives its weights back, and nothing for bytes of another length', () => {
    const { weights } = toLayersModel(network, values, metadata);
    const back = splitWeights(network, weights)!;
    expect(back.every((v, i) => Buffer.compare(Buffer.from(v.buffer), Buffer.from(values[i].buffer)) === 0)).toBe(true);
    expect(splitWeights(network, weights.slice(4))).toBeUndefined();
  });
});
