// A file that was learnt from or validated with gets as "Try it" the very bytes a run reads, whatever the settings, and so the same answer.
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { readManifest } from '#datasets/manifest';
import { importMasks } from '#datasets/masks/import-masks';
import type { PictureMetadata } from '#engine/layers-model';
import type { RunEvent, RunEventOf } from '#shared/run-event';
import { defaultSpec } from '#shared/default-spec';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { NEVER, openForTest } from '#test/support/ask-once';
import { maskFolder } from '#test/support/masks';
import { jpegBytes, pngBytes, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { answerPicture } from '#trainer/asking/answer-picture';
import { openGiven } from '#trainer/asking/given-picture';
import { inputOf } from '#trainer/asking/input-picture';
import { executeRun } from '#trainer/execute-run';
import { openTrainingData } from '#trainer/open-training-data';
import { loadModel } from '#trainer/saved-model';

vi.setConfig({ testTimeout: 120_000 });

const FIXTURES = join(import.meta.dirname, '../../fixtures/pictures');

/** Two classes of pictures in every kind that is decoded in a way of its own: turned by EXIF, grey, with transparency, 16 bits, inks. */
async function pictures(): Promise<string> {
  const root = temporaryFolder();
  for (const label of ['a', 'b']) {
    mkdirSync(join(root, label));
    for (const [i, name] of readdirSync(FIXTURES)
      .filter((name) => /\.(png|jpg)$/.test(name))
      .entries())
      if (i % 2 === (label === 'a' ? 0 : 1)) copyFileSync(join(FIXTURES, name), join(root, label, name));
    writeAt(root, `${label}/large.jpg`, await jpegBytes({ width: 90, height: 70, seed: label === 'a' ? 1 : 2 }));
    writeAt(root, `${label}/long.png`, pngBytes({ width: 61, height: 9, seed: label === 'a' ? 3 : 4 }));
  }
  return root;
}

interface Trained {
  root: string;
  datasetFolder: string;
  outFolder: string;
  spec: RunSpec;
  finished: RunEventOf<'finished'>;
}

async function trained(root: string, datasetFolder: string, spec: RunSpec): Promise<Trained> {
  const outFolder = temporaryFolder();
  const events: RunEvent[] = [];
  for await (const event of executeRun({ spec, datasetFolder, outFolder }, NEVER)) events.push(event);
  return { root, datasetFolder, outFolder, spec, finished: events.at(-1) as RunEventOf<'finished'> };
}

/** Of every sample: the bytes a run reads, and those that its file becomes. */
async function inputsOf({ root, datasetFolder, outFolder, spec }: Trained) {
  const metadata = loadModel(outFolder).metadata as PictureMetadata;
  const data = await openTrainingData(datasetFolder, spec, 1e9);
  const manifest = await readManifest(datasetFolder);
  if (manifest.kind === 'table') throw new Error('These are pictures.');
  const indices = Int32Array.from({ length: manifest.count }, (_, i) => i);
  const read = data.read({ indices }, 0, manifest.count);
  const pixels = read.pixels as Uint8Array;
  const size = pixels.length / manifest.count;
  const given: [file: string, run: Uint8Array, asked: Uint8Array][] = [];
  for (const [i, { file }] of manifest.samples.entries()) {
    const asked = await inputOf(await openGiven({ file: join(root, file) }), metadata);
    given.push([file, pixels.slice(i * size, (i + 1) * size), asked]);
  }
  const { validation } = data;
  await data.close();
  return { given, validation, samples: manifest.samples };
}

const SPEC: RunSpec = { ...DEFAULT_SPEC, engine: 'wasm', batch: 8, micro: 4, epochs: 1, validationShare: 0.4 };

describe.each([
  ['in colour, as stored', { width: 24, height: 20, channels: 3 }, {}],
  ['in grey, as stored', { width: 24, height: 20, channels: 1 }, {}],
  ['in colour, brought to a smaller input', { width: 24, height: 20, channels: 3 }, { inputSize: 16 }],
  ['in grey, brought to a larger input', { width: 24, height: 20, channels: 1 }, { inputSize: 40 }],
] as const)('pictures %s', (_, layout, settings) => {
  test('bytes are equal for every kind of file, and validation’s loss is that of the answers', async () => {
    const root = await pictures();
    const datasetFolder = join(temporaryFolder(), 'version');
    await importFolder(root, { ...layout }, datasetFolder);
    const run = await trained(root, datasetFolder, { ...SPEC, ...settings });
    const { given, validation, samples } = await inputsOf(run);
    expect(given.length).toBeGreaterThan(12);
    for (const [file, read, asked] of given) expect(Buffer.compare(asked, read), file).toBe(0);

    const model = await openForTest(run.outFolder);
    let loss = 0;
    for (const index of validation) {
      const { file, label } = samples[index];
      const ofFile = await answerPicture(model, { file: join(root, file) }, { signal: NEVER });
      // Asked by its place in the version it is the same, bit for bit.
      expect(await answerPicture(model, { datasetFolder, sample: index }, { signal: NEVER })).toEqual(ofFile);
      loss -= Math.log(ofFile.classes.find((answer) => answer.label === ['a', 'b'][label])!.probability) / validation.length;
    }
    expect(Math.abs(loss / run.finished.validation!.loss - 1)).toBeLessThan(1e-5);
  });
});

test('the control: straight to the input’s size, as if nothing had been stored, other bytes come', async () => {
  const root = await pictures();
  const datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(root, { width: 24, height: 20, channels: 3 }, datasetFolder);
  const run = await trained(root, datasetFolder, { ...SPEC, inputSize: 16 });
  const { metadata } = loadModel(run.outFolder);
  const direct = { ...(metadata as PictureMetadata), preprocessing: { ...(metadata as PictureMetadata).preprocessing, stored: undefined } };
  const { given } = await inputsOf(run);
  const [file, read] = given.find(([name]) => name.endsWith('large.jpg'))!;
  expect(Buffer.compare(await inputOf(await openGiven({ file: join(root, file) }), direct), read)).not.toBe(0);
});

test.each([{}, { inputSize: 32 }])('pictures with masks, %o: bytes are equal, and a learnt picture is seen whole', async (settings) => {
  const root = maskFolder({ count: 10, classes: 3, width: 40, height: 24 });
  const datasetFolder = join(temporaryFolder(), 'version');
  await importMasks(root, { kind: 'segmentation', width: 16, height: 16, channels: 1 }, datasetFolder);
  const run = await trained(root, datasetFolder, { ...defaultSpec('masks'), ...SPEC, model: 'u-net-light', ...settings });
  const { given } = await inputsOf(run);
  for (const [file, read, asked] of given) expect(Buffer.compare(asked, read), file).toBe(0);
  const model = await openForTest(run.outFolder);
  const answer = await answerPicture(model, { file: join(root, given[0][0]) }, { signal: NEVER });
  expect(answer.mask!.tiles).toBeUndefined();
  expect(Buffer.compare(answer.seen.pixels, given[0][1])).toBe(0);
});
