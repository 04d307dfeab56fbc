// Categories as learnt vectors: which columns get one, any micro-batch the whole batch's result, a saved model that stock TF.js opens, and answers
// about rows as before, also for a value never seen.
import * as tf from '@tensorflow/tfjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importTable } from '#datasets/tables/import-table';
import { encodeRawRows } from '#datasets/tables/raw-rows';
import { randomStream } from '#engine/random';
import type { TableMetadata } from '#engine/layers-model';
import { embeddingDimensions } from '#shared/embedding';
import type { RunSpec } from '#shared/run-spec';
import { writeTable } from '#test/support/table';
import { runTable } from '#test/support/table-runs';
import { temporaryFolder } from '#test/support/temporary-folder';
import { predictRows } from '#trainer/predict-rows';
import { loadModel } from '#trainer/saved-model';

const CITIES = 24;
/** A price by city (24 of them), kind (3) and size: what a city is worth can only be learnt city by city. */
async function prices(): Promise<string> {
  const random = randomStream(7);
  const worth = Array.from({ length: CITIES }, () => 200 * random());
  const rows = Array.from({ length: 900 }, () => {
    const [city, kind, size] = [Math.floor(CITIES * random()), Math.floor(3 * random()), 20 + 100 * random()];
    return [`city ${city}`, `kind ${kind}`, size.toFixed(1), (worth[city] + 30 * kind + size + 4 * random()).toFixed(2)];
  });
  const data = join(temporaryFolder(), 'version');
  await importTable(writeTable([['city', 'kind', 'size', 'price'], ...rows]), { kind: 'table', target: 'price', task: 'regression' }, data);
  return data;
}

const SETTINGS = { model: 'mlp', categories: 'embedded', batch: 64, epochs: 4 } satisfies Partial<RunSpec>;
const run = (data: string, settings: Partial<RunSpec> = {}) => runTable(data, 'regression', { ...SETTINGS, ...settings });

test('a column of many values gets a vector for each, one of few stays as it is', async () => {
  const data = await prices();
  const { outFolder, finished } = await run(data, { epochs: 30 });
  const { network, metadata } = loadModel(outFolder);
  const [{ from, size, dimensions }] = metadata.options!.embedded!;
  expect({ from, size, dimensions }).toEqual({ from: 0, size: CITIES, dimensions: embeddingDimensions(CITIES) });
  expect(metadata.options!.embedded!.length).toBe(1);
  expect(network.weights[0].shape).toEqual([CITIES, 9]);
  expect(finished.validation!.scores!['R²'].value).toBeGreaterThan(0.95);
  const plain = await run(data, { categories: undefined });
  expect(loadModel(plain.outFolder).network.weights[0].shape[0], 'control: one number a value').toBe(CITIES + 3 + 1);
});

test('any micro-batch ends with the whole batch’s loss', async () => {
  const data = await prices();
  const numbers = { epochs: 1 };
  const whole = (await run(data, { ...numbers, micro: 64 })).finished;
  for (const micro of [1, 7, 33]) {
    const { train, validation } = (await run(data, { ...numbers, micro })).finished;
    expect(Math.abs(train.loss / whole.train.loss - 1)).toBeLessThan(1e-5);
    expect(Math.abs(validation!.loss / whole.validation!.loss - 1)).toBeLessThan(1e-5);
  }
  expect(Math.abs((await run(data, { ...numbers, batch: 32 })).finished.train.loss / whole.train.loss - 1), 'control').toBeGreaterThan(
    1e-3,
  );
});

test('the saved model is opened by stock TF.js and predicts the same; a city never seen has no vector, and is answered', async () => {
  const { outFolder } = await run(await prices());
  const { modelTopology, weightsManifest, userDefinedMetadata } = JSON.parse(readFileSync(join(outFolder, 'model.json'), 'utf8'));
  const weightData = Uint8Array.from(readFileSync(join(outFolder, 'weights.bin'))).buffer;
  const stock = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }));
  const rows = ['city 3', 'city 17', 'Atlantis'].map((city) => ({ city, kind: 'kind 1', size: '50' }));
  const { table } = userDefinedMetadata as TableMetadata;
  const encoded = encodeRawRows(table, rows);
  const theirs = (stock.predict(tf.tensor2d(encoded, [3, encoded.length / 3])) as tf.Tensor).dataSync();
  const ours = await predictRows(outFolder, rows, 'wasm');
  const { mean, deviation } = table.fit.target!;
  for (const [i, answer] of ours.entries()) {
    const value = answer.kind === 'number' ? answer.value : NaN;
    expect(Math.abs(value - (theirs[i] * deviation + mean))).toBeLessThan(1e-3);
  }
  expect(new Set(theirs).size).toBe(3);
});
