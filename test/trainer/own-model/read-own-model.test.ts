// Models that stock TF.js made and saved, read as ours: the same answers; and every file that cannot be is refused in a sentence that names why.
import * as tf from '@tensorflow/tfjs';
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { prediction } from '#engine/predict';
import { randomStream } from '#engine/random';
import { directRuntime } from '#test/support/direct-runtime';
import { residualModel, sequentialModel, writeLayersModel, type WrittenModel } from '#test/support/layers-model-file';
import { readOwnModel } from '#trainer/own-model/read-own-model';

beforeAll(directRuntime);

const fileOf = ({ folder }: WrittenModel): string => join(folder, 'model.json');

function pictures(side: number, channels: number): tf.Tensor4D {
  const random = randomStream(5);
  return tf.tensor4d(
    Float32Array.from({ length: 3 * side * side * channels }, () => Math.floor(256 * random())),
    [3, side, side, channels],
  );
}

/** The largest distance between their probabilities; `scale` is what the model wants bytes multiplied by. */
async function apart(model: tf.LayersModel, side: number, channels: number, scale: number, change = 0): Promise<number> {
  const { network, weights } = readOwnModel(fileOf(await writeLayersModel(model)));
  const x = pictures(side, channels);
  const theirs = (model.predict(tf.mul(x, scale)) as tf.Tensor).dataSync();
  const own = weights.map((values, i) =>
    tf.tensor(
      values.map((value) => value + change),
      network.weights[i].shape,
    ),
  );
  const [ours] = prediction(network)([x, ...own]);
  return (ours.dataSync() as Float32Array).reduce((most, value, i) => Math.max(most, Math.abs(value - theirs[i])), 0);
}

describe('a model of TF.js', () => {
  it('answers as it did: a net of every layer that is mapped, which takes bytes', async () => {
    expect(await apart(residualModel(), 16, 3, 1)).toBeLessThan(1e-5);
    expect(await apart(residualModel(), 16, 3, 1, 0.02), 'control: other weights').toBeGreaterThan(1e-4);
    expect(await apart(residualModel(null), 20, 3, 1), 'for pictures of any size').toBeLessThan(1e-5);
  });

  it('answers as it did: a sequential one inside another, which takes 0 to 1', async () => {
    expect(await apart(sequentialModel(), 14, 1, 1 / 255)).toBeLessThan(1e-5);
  });

  it('says what it takes, how many answers it has, and the hash of its files', async () => {
    const written = await writeLayersModel(residualModel());
    const { metadata, network } = readOwnModel(fileOf(written));
    expect(metadata).toMatchObject({ model: 'own', inputShape: [16, 16, 3], source: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect(network.classes).toBe(5);
    const before = metadata.source!.sha256;
    const shard = join(written.folder, 'group1-shard2of2.bin');
    const bytes = readFileSync(shard);
    bytes[7] ^= 1;
    writeFileSync(shard, bytes);
    expect(readOwnModel(fileOf(written)).metadata.source!.sha256).not.toBe(before);
  });
});

interface SpoiltLayer {
  class_name: string;
  name: string;
  config: Record<string, unknown>;
  inbound_nodes?: unknown[];
}

/** The layers of a functional model, to be spoiled. */
const layersOf = ({ json }: WrittenModel) => (json.modelTopology as { config: { layers: SpoiltLayer[] } }).config.layers;
const layer = (written: WrittenModel, className: string) => layersOf(written).find(({ class_name }) => class_name === className)!;

const SPOILT: [what: string, spoil: (written: WrittenModel) => void, sentence: RegExp][] = [
  [
    'a layer that is none of ours',
    (w) => (layer(w, 'Dense').class_name = 'LSTM'),
    /layer "dense_.*" \(LSTM\) is none that Overbatch can train/,
  ],
  ['an activation', (w) => (layer(w, 'Conv2D').config.activation = 'selu'), /\(Conv2D\) has the activation "selu"/],
  ['a dilation', (w) => (layer(w, 'Conv2D').config.dilation_rate = [2, 2]), /has the dilation_rate \[2,2\]/],
  ['an enormous layer', (w) => (layer(w, 'Conv2D').config.filters = 1e15), /a size or setting that no layer has/],
  [
    'a way out of its folder',
    (w) => (w.json.weightsManifest[0].paths[0] = '../../secret.bin'),
    /outside its folder \("\.\.\/\.\.\/secret\.bin"\)/,
  ],
  ['an absolute path', (w) => (w.json.weightsManifest[0].paths[0] = '/etc/passwd'), /outside its folder/],
  ['a path of Windows', (w) => (w.json.weightsManifest[0].paths[0] = '..\\x.bin'), /outside its folder/],
  ['a shard that is not there', (w) => (w.json.weightsManifest[0].paths[0] = 'gone.bin'), /its weights gone\.bin are missing/],
  ['a shape of more than there is', (w) => (w.json.weightsManifest[0].weights[0].shape = [1e5, 1e5]), /its weights take more than/],
  ['a weight without its name', (w) => (w.json.weightsManifest[0].weights[0].name = 'other'), /its weights of ".*\/kernel" are missing/],
  ['a graph model', (w) => (w.json.format = 'graph-model'), /it is a graph model/],
  ['no list of layers', (w) => (w.json.modelTopology = { layers: 3 }), /holds no list of layers/],
  ['a layer that reads one that is not there', (w) => void layersOf(w).splice(2, 1), /reads one that is not there/],
  ['padding without edges', (w) => (layer(w, 'ZeroPadding2D').config.padding = 'same'), /a size or setting that no layer has/],
  ['padding of nothing', (w) => (layer(w, 'ZeroPadding2D').config.padding = []), /a size or setting that no layer has/],
  ['padding that is not known', (w) => (layer(w, 'Conv2D').config.padding = 'full'), /\(Conv2D\) has the padding "full"/],
  ['an epsilon that is no number', (w) => (layer(w, 'BatchNormalization').config.epsilon = 'x'), /has the epsilon "x"/],
  ['a layer that reads nothing', (w) => (layer(w, 'ReLU').inbound_nodes = [[]]), /reads none of the others/],
  ['two layers of one name', (w) => void layersOf(w).push(layer(w, 'ReLU')), /two of its layers are called "re_lu_.*"/],
  [
    'more inputs than there are layers',
    (w) => void layersOf(w).push(...Array.from({ length: 5_000 }, (_, i) => ({ ...layersOf(w)[0], name: `x${i}` }))),
    /more than 5,000 layers/,
  ],
  [
    'bytes that become more numbers than fit',
    (w) =>
      Object.assign(w.json.weightsManifest[0].weights[0], { shape: [20_000, 20_000], dtype: 'float32', quantization: { dtype: 'uint8' } }),
    /its weights take more than/,
  ],
];

describe('a file is refused in one sentence', () => {
  it.each(SPOILT)('with %s', async (_, spoil, sentence) => {
    const written = await writeLayersModel(residualModel());
    expect(() => readOwnModel(fileOf(written)), 'control').not.toThrow();
    spoil(written);
    writeFileSync(fileOf(written), JSON.stringify(written.json));
    expect(() => readOwnModel(fileOf(written))).toThrow(sentence);
  });

  it('with models in models without end', async () => {
    const written = await writeLayersModel(residualModel());
    const deep = 20_000;
    const topology = '{"class_name":"Sequential","config":{"layers":['.repeat(deep) + ']}}'.repeat(deep);
    writeFileSync(fileOf(written), `{"modelTopology":${topology},"weightsManifest":[]}`);
    expect(() => readOwnModel(fileOf(written))).toThrow('lie too deep in each other');
  });

  it('with a weight that is no number', async () => {
    const written = await writeLayersModel(residualModel());
    const shard = join(written.folder, 'group1-shard1of2.bin');
    const bytes = readFileSync(shard);
    bytes.writeFloatLE(NaN, 0);
    writeFileSync(shard, bytes);
    expect(() => readOwnModel(fileOf(written))).toThrow(/hold what is no number/);
  });

  it('cut short, too long, or not there', async () => {
    const written = await writeLayersModel(residualModel());
    const shard = join(written.folder, 'group1-shard2of2.bin');
    appendFileSync(shard, 'x');
    expect(() => readOwnModel(fileOf(written))).toThrow(/have [\d,]+ bytes instead of [\d,]+\. Copy the files again/);
    truncateSync(shard, 10);
    expect(() => readOwnModel(fileOf(written))).toThrow('bytes instead of');
    truncateSync(fileOf(written), 300);
    expect(() => readOwnModel(fileOf(written))).toThrow('it was cut short');
    expect(() => readOwnModel(join(written.folder, 'none.json'))).toThrow('there is no such file');
  });
});
