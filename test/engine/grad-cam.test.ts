// Grad-CAM against plain TF.js: the saved model's stock layers, cut in two and differentiated by tf.grad.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { gradCam, gradCamSpecs, lastFeatureMap, scoreOf } from '#engine/grad-cam';
import { initialWeights } from '#engine/initialize';
import { toLayersModel } from '#engine/layers-model';
import type { Network } from '#engine/network';
import { randomStream } from '#engine/random';
import { CLASS_MODELS, type CatalogueName } from '#shared/run-spec';
import { directRuntime } from '#test/support/direct-runtime';
import { smallNetwork } from '#test/support/small-networks';

beforeAll(directRuntime);

const SHAPE = [32, 32, 3];
const CLASSES = 4;
const WIDE: readonly CatalogueName[] = ['resnet-18', 'mobilenet-v2'];

function built(model: CatalogueName): { network: Network; values: Float32Array[]; picture: tf.Tensor } {
  // Few filters where there would be many: plain JavaScript computes it.
  const network = smallNetwork(model, CLASSES, { shape: SHAPE, ...(WIDE.includes(model) && { width: 0.25 }) });
  const random = randomStream(3);
  // Away from the initial zeros and ones.
  const values = initialWeights(network, 1).map((w) => w.map((v) => v + 0.1 * (random() - 0.5)));
  const picture = tf.tensor(
    Float32Array.from({ length: 32 * 32 * 3 }, () => Math.floor(256 * random())),
    [1, ...SHAPE],
  );
  return { network, values, picture };
}

const tensorsOf = (network: Network, values: Float32Array[]): tf.Tensor[] => values.map((v, i) => tf.tensor(v, network.weights[i].shape));

/** The map as both papers define it, written down with stock layers: with the gradient's mean over all places, and with each place's own. */
async function reference({ network, values, picture }: ReturnType<typeof built>, place: number, label: number) {
  const { json, weights } = toLayersModel(network, values, {
    overbatch: 1,
    model: 'x',
    labels: ['a', 'b', 'c', 'd'],
    inputShape: SHAPE,
    preprocessing: { range: '0 to 1', scale: 1 / 255, channels: 'rgb', resize: 'none' },
    output: 'probabilities',
  });
  const { modelTopology, weightsManifest } = JSON.parse(JSON.stringify(json));
  const model = await tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData: weights.buffer as ArrayBuffer }),
  );
  const at = model.getLayer(network.nodes[place].name);
  const features = tf.model({ inputs: model.inputs, outputs: at.output as tf.SymbolicTensor }).predict(tf.div(picture, 255)) as tf.Tensor;
  const score = (a: tf.Tensor): tf.Scalar => {
    const known = new Map([[at.name, a]]);
    const outputOf = (layer: tf.layers.Layer): tf.Tensor => {
      const taken = () => layer.inboundNodes[0].inboundLayers.map(outputOf);
      const output = known.get(layer.name) ?? (layer.apply(taken()) as tf.Tensor);
      known.set(layer.name, output);
      return output;
    };
    const logits = outputOf(model.layers[model.layers.length - 1].inboundNodes[0].inboundLayers[0]);
    return tf.sub(logits.flatten().slice(label, 1).sum(), tf.mean(logits)) as tf.Scalar;
  };
  const own = tf.grad(score)(features);
  const mapOf = (counts: tf.Tensor): Float32Array => tf.relu(tf.sum(tf.mul(features, counts), -1)).dataSync() as Float32Array;
  return { own: mapOf(own), mean: mapOf(tf.mean(own, [1, 2], true)) };
}

const apart = (a: Float32Array, b: Float32Array): number => a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i])), 0);
const isAveraged = ({ nodes }: Network, place: number): boolean => nodes[place + 1].layer.className === 'GlobalAveragePooling2D';

describe.each(['small-cnn', 'lenet', 'resnet-8', 'resnet-18', 'resnet-50', 'mobilenet-v2'] as const)('%s', (model) => {
  it('gives the map that the definition gives, within 1e-5 of its largest value', async () => {
    const { network, values, picture } = built(model);
    const place = lastFeatureMap(network)!;
    const weights = tensorsOf(network, values);
    const mapOf = (label: number): Float32Array => {
      const counts = tf.tensor1d(scoreOf(label, CLASSES));
      const [map, probabilities] = tf.tidy(() => gradCam(network, place)([picture, counts, ...weights]));
      const read = map.dataSync() as Float32Array;
      tf.dispose([map, probabilities, counts]);
      return read;
    };
    const ours = Array.from({ length: CLASSES }, (_, label) => mapOf(label));
    for (const [label, map] of ours.slice(0, 2).entries()) {
      const theirs = await reference({ network, values, picture }, place, label);
      expect(apart(map, theirs.own)).toBeLessThanOrEqual(1e-5 * Math.max(...theirs.own));
      if (isAveraged(network, place)) expect(apart(map, theirs.mean)).toBeLessThanOrEqual(1e-5 * Math.max(...theirs.mean));
    }
    // The control: other classes look elsewhere.
    const found = ours.filter((map) => Math.max(...map) > 0).map(String);
    expect(new Set(found).size).toBeGreaterThan(1);
  });
});

it('where a global average follows, both papers’ definitions are one; that is so for some of these', () => {
  const averaged = CLASS_MODELS.filter((model) => {
    const network = smallNetwork(model, CLASSES, { shape: SHAPE });
    const place = lastFeatureMap(network);
    return place !== undefined && isAveraged(network, place);
  });
  expect(averaged).toContain('resnet-8');
});

it('looks at a map of at least 6 × 6 that everything goes through; not through attention, and not where there is none', () => {
  for (const model of CLASS_MODELS) {
    const network = smallNetwork(model, CLASSES, { shape: SHAPE });
    const place = lastFeatureMap(network);
    const hasMap = !['vit-tiny', 'mlp', 'linear'].includes(model);
    expect([model, place !== undefined]).toEqual([model, hasMap]);
    if (place === undefined) continue;
    const { outputShape } = network.nodes[place].layer;
    expect(Math.min(outputShape[0], outputShape[1])).toBeGreaterThanOrEqual(6);
    for (const node of network.nodes.slice(place + 1)) for (const from of node.inputs) expect(from).toBeGreaterThanOrEqual(place);
  }
});

it('a class that the map says nothing of has an empty map', () => {
  const { network, values, picture } = built('small-cnn');
  const weights = tensorsOf(
    network,
    values.map((v, i) => (i >= values.length - 2 ? v.map(() => 0) : v)),
  );
  const [map] = gradCam(network, lastFeatureMap(network)!)([picture, tf.tensor1d(scoreOf(0, CLASSES)), ...weights]);
  expect(Math.max(...(map.dataSync() as Float32Array))).toBe(0);
  expect(gradCamSpecs(network)[1].shape).toEqual([CLASSES]);
});
