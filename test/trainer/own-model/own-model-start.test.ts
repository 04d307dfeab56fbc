// A model of a person's own as the start of other data answers as stock TF.js does, or is refused: pictures in grey, other classes, other ranges.
import * as tf from '@tensorflow/tfjs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { prediction } from '#engine/predict';
import { randomStream } from '#engine/random';
import { startWeights } from '#engine/start-weights';
import { directRuntime } from '#test/support/direct-runtime';
import { scatter, writeLayersModel } from '#test/support/layers-model-file';
import { buildModel } from '#trainer/build-model';
import { readOwnModel } from '#trainer/own-model/read-own-model';

beforeAll(directRuntime);

const { layers } = tf;
const SIDE = 12;

function net(...parts: tf.layers.Layer[]): tf.LayersModel {
  const model = tf.sequential({ layers: [...parts, layers.globalAveragePooling2d({}), layers.dense({ units: 3, activation: 'softmax' })] });
  scatter(model);
  return model;
}

const read = async (model: tf.LayersModel) => readOwnModel(join((await writeLayersModel(model)).folder, 'model.json'));

function grey(height = SIDE, width = SIDE): tf.Tensor4D {
  const random = randomStream(3);
  return tf.tensor4d(
    Float32Array.from({ length: 2 * height * width }, () => Math.floor(256 * random())),
    [2, height, width, 1],
  );
}

const far = (a: tf.Tensor, b: tf.Tensor): number => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0];

/** What the run's first weights answer about grey pictures, beside the stock model about three equal channels. */
async function greyApart(model: tf.LayersModel): Promise<number> {
  const { network: from, weights } = await read(model);
  const network = buildModel('own', from.options!, { inputShape: [SIDE, SIDE, 1], classes: 3 });
  const begun = from.weights.map(({ shape }, i) => ({ shape, values: weights[i] }));
  const first = startWeights(network, begun, 1, true).map((values, i) => tf.tensor(values, network.weights[i].shape));
  const [ours] = prediction(network)([grey(), ...first]);
  return far(ours, model.predict(tf.div(tf.tile(grey(), [1, 1, 1, 3]), 255)) as tf.Tensor);
}

const colours = { inputShape: [SIDE, SIDE, 3] };

test('grey pictures are three equal channels to a first convolution; to one of each channel there is no such thing', async () => {
  expect(await greyApart(net(layers.conv2d({ ...colours, filters: 4, kernelSize: 3, activation: 'relu' })))).toBeLessThan(1e-5);
  const separable = layers.separableConv2d({ ...colours, filters: 4, kernelSize: 3 });
  await expect(greyApart(net(separable))).rejects.toThrow('another model');
});

async function apart(model: tf.LayersModel): Promise<number> {
  const { network, weights } = await read(model);
  const [height, width] = network.inputShape;
  const x = tf.tile(grey(height, width), [1, 1, 1, 3]);
  const [ours] = prediction(network)([x, ...weights.map((values, i) => tf.tensor(values, network.weights[i].shape))]);
  return far(ours, model.predict(x) as tf.Tensor);
}

test('only what the picture comes to turns bytes into small numbers; a scale further in is what it says', async () => {
  const bytes = layers.rescaling({ ...colours, scale: 1 / 127.5, offset: -1 });
  const inner = () => [
    layers.conv2d({ filters: 4, kernelSize: 3 }),
    layers.rescaling({ scale: 0.05 }),
    layers.conv2d({ filters: 4, kernelSize: 3 }),
  ];
  expect(await apart(net(bytes, ...inner()))).toBeLessThan(1e-5);
  const twice = [layers.rescaling({ ...colours, scale: 1 / 255 }), layers.rescaling({ scale: 0.05 })];
  expect(await apart(net(...twice, ...inner()))).toBeLessThan(1e-5);
  const padded = [layers.zeroPadding2d({ ...colours, padding: 1 }), layers.rescaling({ scale: 1 / 255 })];
  expect(await apart(net(...padded, ...inner()))).toBeLessThan(1e-5);
});

test('odd sides, cut by strides and pooled, and a spread near zero', async () => {
  const bytes = layers.rescaling({ inputShape: [15, 11, 3], scale: 1 / 255 });
  const strided = layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' });
  const still = layers.batchNormalization({ epsilon: 1e-5 });
  const deeper = [layers.maxPooling2d({ poolSize: 2 }), layers.conv2d({ filters: 4, kernelSize: 2, padding: 'same' })];
  const model = net(bytes, strided, still, ...deeper);
  const [gamma, beta, mean] = still.getWeights();
  still.setWeights([tf.mul(gamma, 0.01), beta, mean, tf.zeros([4])]);
  expect(await apart(model)).toBeLessThan(1e-5);
});

test('with other classes everything from the convolution that answers on is new, also what normalizes behind it', async () => {
  const model = tf.sequential({
    layers: [
      layers.conv2d({ ...colours, filters: 4, kernelSize: 3 }),
      layers.conv2d({ filters: 3, kernelSize: 1 }),
      layers.batchNormalization(),
      layers.globalAveragePooling2d({}),
    ],
  });
  scatter(model);
  const { network: from, weights } = await read(model);
  const begun = from.weights.map(({ shape }, i) => ({ shape, values: weights[i] }));
  for (const classes of [2, 3]) {
    const network = buildModel('own', from.options!, { inputShape: [SIDE, SIDE, 3], classes });
    const first = startWeights(network, begun, 1);
    expect(first.slice(0, 2)).toEqual(weights.slice(0, 2));
    expect(first[2]).not.toEqual(weights[2]);
    expect(first.map(({ length }, i) => length === network.weights[i].shape.reduce((a, b) => a * b, 1))).not.toContain(false);
  }
});
