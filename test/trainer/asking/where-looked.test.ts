// Where a trained model looked: at the corner that alone tells its classes apart, whichever way it is found.
import { memory } from '@tensorflow/tfjs-core';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { readManifest } from '#datasets/manifest';
import { initialWeights } from '#engine/initialize';
import type { WhereLooked } from '#shared/asking';
import type { PictureManifest } from '#shared/dataset';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { NEVER, openForTest } from '#test/support/ask-once';
import { packedMasks, runMasks } from '#test/support/mask-runs';
import { pixels, pngBytes, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { whereLooked } from '#trainer/asking/where-looked';
import { buildModel } from '#trainer/build-model';
import { executeRun } from '#trainer/execute-run';
import { pictureFacts, saveModel } from '#trainer/saved-model';

vi.setConfig({ testTimeout: 180_000 });

const SIDE = 32;

/** Noise of the same kind in both classes; of the second class the lower right is bright. */
function picture(isBright: boolean, seed: number): Buffer {
  const values = pixels(SIDE, SIDE, 1, seed).map((value) => value >> 2);
  for (let y = 20; y < 28; y++) for (let x = 20; x < 28; x++) if (isBright) values[y * SIDE + x] = 220 + (seed % 16);
  return pngBytes({ width: SIDE, height: SIDE, channels: 1, values });
}

async function trained(settings: Partial<RunSpec>): Promise<{ root: string; outFolder: string; datasetFolder: string }> {
  const root = temporaryFolder();
  for (let i = 0; i < 40; i++) writeAt(root, `${i % 2 === 0 ? 'dark' : 'bright'}/${i}.png`, picture(i % 2 === 1, i));
  const datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(root, { width: SIDE, height: SIDE, channels: 1 }, datasetFolder);
  const outFolder = temporaryFolder();
  const spec: RunSpec = { ...DEFAULT_SPEC, engine: 'wasm', batch: 16, epochs: 12, ...settings };
  for await (const event of executeRun({ spec, datasetFolder, outFolder }, NEVER)) void event;
  return { root, outFolder, datasetFolder };
}

/** The share of all colour that lies in the lower right quarter. */
function inCorner({ columns, rows, strengths }: WhereLooked): number {
  let [inside, all] = [0, 0];
  for (const [i, strength] of strengths.entries()) {
    all += strength;
    if (i % columns >= columns / 2 && Math.floor(i / columns) >= rows / 2) inside += strength;
  }
  return inside / all;
}

test.each([
  ['small-cnn', 'grad-cam'],
  ['mlp', 'occlusion'],
] as const)('%s: %s finds it, for a file and for a sample of the version alike, and keeps no tensor', async (model, method) => {
  const { root, outFolder, datasetFolder } = await trained({ model });
  const opened = await openForTest(outFolder);
  const file = writeAt(temporaryFolder(), 'new.png', picture(true, 5));
  await whereLooked(opened, { file }, 'bright', NEVER);
  const before = memory().numTensors;
  const found = await whereLooked(opened, { file }, 'bright', NEVER);
  expect(memory().numTensors).toBe(before);
  expect(found).toMatchObject({ label: 'bright', method });
  expect(found.probability).toBeGreaterThan(0.8);
  expect(Math.max(...found.strengths)).toBe(1);
  // Laid over the whole picture alike a quarter would be there.
  expect(inCorner(found)).toBeGreaterThan(0.6);
  const best = found.strengths.indexOf(1);
  expect([best % found.columns >= found.columns / 2, best / found.columns >= found.rows / 2]).toEqual([true, true]);

  const sample = await whereLooked(opened, { datasetFolder, sample: 0 }, 'bright', NEVER);
  const { samples } = (await readManifest(datasetFolder)) as PictureManifest;
  expect(sample).toEqual(await whereLooked(opened, { file: join(root, samples[0].file) }, 'bright', NEVER));
  // The control: of another picture it is another map.
  expect(sample.strengths).not.toEqual(found.strengths);
});

test('attention mixes the places of a picture: parts of it are covered', async () => {
  const folder = temporaryFolder();
  const network = buildModel('vit-tiny', {}, { inputShape: [16, 16, 1], classes: 2 });
  saveModel(folder, 'vit-tiny', network, initialWeights(network, 1), pictureFacts(['a', 'b'], network.inputShape));
  const file = writeAt(temporaryFolder(), 'new.png', picture(true, 5));
  const found = await whereLooked(await openForTest(folder), { file }, 'a', NEVER);
  expect(found).toMatchObject({ method: 'occlusion', columns: 8, rows: 8 });
});

test('a class that no part of the picture changes has an empty map: what is left is rounding', async () => {
  const network = buildModel('mlp', {}, { inputShape: [SIDE, SIDE, 1], classes: 2 });
  const file = writeAt(temporaryFolder(), 'new.png', picture(true, 5));
  const strongest = async (scale: number): Promise<number> => {
    const folder = temporaryFolder();
    const weights = initialWeights(network, 1).map((values) => values.map((value) => value * scale));
    saveModel(folder, 'mlp', network, weights, pictureFacts(['a', 'b'], network.inputShape));
    const opened = await openForTest(folder);
    const found = await Promise.all(['a', 'b'].map((label) => whereLooked(opened, { file }, label, NEVER)));
    return Math.max(...found.flatMap(({ strengths }) => [...strengths]));
  };
  expect(await strongest(1e-3)).toBe(0);
  // The control: the same network, with weights that see something.
  expect(await strongest(1)).toBe(1);
});

test('classes that are none, masks, and samples of other data are refused in a sentence', async () => {
  const { outFolder } = await trained({ epochs: 1 });
  const opened = await openForTest(outFolder);
  const file = writeAt(temporaryFolder(), 'new.png', picture(true, 5));
  await expect(whereLooked(opened, { file }, 'owl', NEVER)).rejects.toThrow('The model knows no class "owl". Choose one of its classes.');
  const masks = await packedMasks();
  await expect(whereLooked(opened, { datasetFolder: masks, sample: 99 }, 'dark', NEVER)).rejects.toThrow(
    /not of the data the model learnt/,
  );
  const ofMasks = await openForTest((await runMasks(masks, { epochs: 1, model: 'u-net-light' })).outFolder);
  await expect(whereLooked(ofMasks, { file }, '1', NEVER)).rejects.toThrow('A mask says itself where each class is. Look at the mask.');
});
