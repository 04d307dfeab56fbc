// Dropout in front of the last layer of any network: same weights, same answers outside training.
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { withHeadDropout } from '#engine/head-dropout';
import { initialWeights } from '#engine/initialize';
import { toLayersModel } from '#engine/layers-model';
import { CATALOGUE } from '#engine/models/catalogue';
import { noiseSpecs } from '#engine/noise';
import { runNetwork } from '#engine/network';
import { MODEL_NAMES } from '#shared/run-spec';
import { directRuntime } from '#test/support/direct-runtime';
import { smallNetwork } from '#test/support/small-networks';

const SHAPE = [32, 32, 3];

it.each(MODEL_NAMES)('%s keeps its weights, and is saved with a Dropout layer of Keras', (name) => {
  const plain = smallNetwork(name, 4, { shape: SHAPE });
  const network = withHeadDropout(plain, 0.5);
  expect(withHeadDropout(plain, 0)).toBe(plain);
  expect(network.weights).toEqual(plain.weights);
  expect(noiseSpecs(network, 3)).toHaveLength(1 + noiseSpecs(plain, 3).length);
  const metadata = {
    overbatch: 1 as const,
    model: name,
    labels: ['a', 'b', 'c', 'd'],
    inputShape: SHAPE,
    preprocessing: { range: '0 to 1' as const, scale: 1 / 255, channels: 'rgb' as const, resize: '' },
    output: 'probabilities' as const,
  };
  expect(JSON.stringify(toLayersModel(network, initialWeights(network, 1), metadata).json)).toContain('"class_name":"Dropout"');
});

it('answers outside training are those without it', async () => {
  await directRuntime();
  const plain = CATALOGUE['small-cnn'].build(SHAPE, 4);
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const weights = initialWeights(plain, 1).map((v, i) => tf.tensor(v, plain.weights[i].shape));
    const x = tf.randomUniform([2, ...SHAPE], 0, 1, 'float32', 1);
    const inference = { training: false, onBatchStatistics: () => {} };
    const ours = runNetwork(withHeadDropout(plain, 0.5), x, weights, inference).dataSync();
    expect(ours).toEqual(runNetwork(plain, x, weights, inference).dataSync());
  });
  expect(tf.memory().numTensors).toBe(before);
});
