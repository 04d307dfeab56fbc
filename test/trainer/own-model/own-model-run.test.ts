// A run that starts from a model of a person's own: its last layer is new, the rest goes on from what it knew; it resumes, is saved and asked like any.
import * as tf from '@tensorflow/tfjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { defaultSpec } from '#shared/default-spec';
import type { Receipt, RunEvent } from '#shared/run-event';
import { OWN_MODEL, type RunSpec } from '#shared/run-spec';
import { directRuntime } from '#test/support/direct-runtime';
import { residualModel, sequentialModel, writeLayersModel } from '#test/support/layers-model-file';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executeRun } from '#trainer/execute-run';
import { readOwnModel } from '#trainer/own-model/read-own-model';
import { takeModel } from '#trainer/own-model/take-model';
import { PAUSE } from '#trainer/pause';
import type { RunRequest } from '#trainer/run-request';
import { loadModel } from '#trainer/saved-model';

beforeAll(directRuntime);

const modelFile = async (model = residualModel()): Promise<string> => join((await writeLayersModel(model)).folder, 'model.json');

const SETTINGS = { model: OWN_MODEL, start: 'model:x', trains: 'head', engine: 'wasm', batch: 8, epochs: 2 } satisfies Partial<RunSpec>;

async function dataset(channels: 1 | 3 = 3, side = 16): Promise<string> {
  const folder = join(temporaryFolder(), 'version');
  await importFolder(tinyImageFolder(['a', 'b'], 8), { width: side, height: side, channels }, folder);
  return folder;
}

async function trained(
  request: Partial<RunRequest> & { datasetFolder: string; startPath: string | undefined },
  settings: Partial<RunSpec> = {},
  pauseAfter?: number,
) {
  const spec: RunSpec = { ...defaultSpec('pictures', { ...SETTINGS, ...settings }), ...SETTINGS, ...settings };
  const outFolder = request.outFolder ?? temporaryFolder();
  const stop = new AbortController();
  const events: RunEvent[] = [];
  for await (const event of executeRun({ spec, outFolder, ...request }, stop.signal)) {
    events.push(event);
    if (event.kind === 'epoch' && event.epoch === pauseAfter) stop.abort(PAUSE);
  }
  return { outFolder, events };
}

test('with only its last layer trained all else stays as the file has it; the receipt names the file by hash', async () => {
  const file = await modelFile();
  const { outFolder } = await trained({ datasetFolder: await dataset(), startPath: file });
  const [saved, begun] = [loadModel(outFolder), readOwnModel(file)];
  expect(saved.weights.slice(0, -2)).toEqual(begun.weights.slice(0, -2));
  expect(saved.network.classes).toBe(2);
  const receipt = JSON.parse(readFileSync(join(outFolder, 'receipt.json'), 'utf8')) as Receipt;
  expect(receipt.source).toEqual(begun.metadata.source);

  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(outFolder, 'model.json'), 'utf8'));
  const weightData = Uint8Array.from(readFileSync(join(outFolder, 'weights.bin'))).buffer;
  const stock = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }));
  expect((stock.predict(tf.zeros([1, 16, 16, 3])) as tf.Tensor).shape).toEqual([1, 2]);
});

test('all of it trained, paused and resumed, it ends with the same weights, without the file', async () => {
  const [datasetFolder, file] = [await dataset(), await modelFile()];
  const settings = { trains: 'everything', micro: 3, batchNorm: 'frozen' } as const;
  const whole = await trained({ datasetFolder, startPath: file }, settings);
  const cut = temporaryFolder();
  await trained({ datasetFolder, startPath: file, outFolder: cut }, settings, 1);
  await trained({ datasetFolder, outFolder: cut, resumeFolder: cut, startPath: undefined }, settings);
  const weights = (folder: string) => readFileSync(join(folder, 'weights.bin'));
  expect(weights(cut).equals(weights(whole.outFolder))).toBe(true);
  expect(loadModel(cut).weights[0]).not.toEqual(readOwnModel(file).weights[0]);
  expect(JSON.parse(readFileSync(join(cut, 'receipt.json'), 'utf8')).source).toEqual(readOwnModel(file).metadata.source);
});

test('grey pictures are seen as the colour ones it knows; those it is not made for, and another model, are refused', async () => {
  const startPath = await modelFile();
  await expect(trained({ datasetFolder: await dataset(1), startPath })).resolves.toBeDefined();
  const ofOneSize = await modelFile(sequentialModel());
  const other = { datasetFolder: await dataset(1, 16), startPath: ofOneSize };
  await expect(trained(other)).rejects.toThrow('has pictures of 14 × 14 pixels, and its model fits no others');
  await expect(trained({ ...other, datasetFolder: await dataset(1, 14) }), 'control').resolves.toBeDefined();
  await expect(trained({ datasetFolder: await dataset(), startPath }, { model: 'small-cnn' })).rejects.toThrow('has the model own');
});

test('taken into the app it is a model of ours, from which the same run begins; spoilt, it is refused', async () => {
  const [into, file] = [temporaryFolder(), await modelFile()];
  const about = await takeModel(file, into);
  expect(about).toMatchObject({ model: 'own', outputs: 5, inputShape: [16, 16, 3] });
  const taken = join(into, about.id, 'model.json');
  const [ours, theirs] = [readOwnModel(taken), readOwnModel(file)];
  expect(ours.weights).toEqual(theirs.weights);
  expect(ours.metadata.source).toEqual(theirs.metadata.source);
  expect((await takeModel(taken, into)).id, 'taken again, it is the same').toBe(about.id);
  const json = JSON.parse(readFileSync(taken, 'utf8'));
  json.userDefinedMetadata.options.ownLayers[0].inputs = [40];
  writeFileSync(taken, JSON.stringify(json));
  expect(() => readOwnModel(taken)).toThrow('model.json is damaged');
});
