// A saved model comes back, and a damaged one is refused in a sentence.
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { initialWeights } from '#engine/initialize';
import { smallCnn } from '#engine/models/small-cnn';
import type { PictureManifest } from '#shared/dataset';
import { buildModel } from '#trainer/build-model';
import { loadModel, originOf, pictureFacts, saveModel } from '#trainer/saved-model';

const network = smallCnn([8, 8, 1], 3);
const weights = initialWeights(network, 4);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overbatch-model-'));
  saveModel(folder, 'small-cnn', network, weights, pictureFacts(['cat', 'dog', 'owl'], [8, 8, 1]));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('comes back with its weights, labels and preprocessing', () => {
  const { metadata, weights: read } = loadModel(folder);
  expect(read).toEqual(weights);
  const preprocessing = { scale: 1 / 255, channels: 'grey' };
  expect(metadata).toMatchObject({ model: 'small-cnn', labels: ['cat', 'dog', 'owl'], inputShape: [8, 8, 1], preprocessing });
});

it('is built again with what was chosen of it', () => {
  const options = { normalization: 'group', width: 0.25 } as const;
  const chosen = buildModel('resnet-18', options, { inputShape: [8, 8, 1], classes: 3 });
  saveModel(folder, 'resnet-18', chosen, initialWeights(chosen, 4), pictureFacts(['cat', 'dog', 'owl'], [8, 8, 1]));
  const { network: read } = loadModel(folder);
  expect(JSON.stringify(read)).toBe(JSON.stringify(chosen));
  // The control: without it, it would be another network.
  expect(JSON.stringify(buildModel('resnet-18', {}, { inputShape: [8, 8, 1], classes: 3 }))).not.toBe(JSON.stringify(chosen));
});

it.each([
  ['weights cut short', () => truncateSync(join(folder, 'weights.bin'), 99), /weights.bin is missing or was cut short/],
  ['no weights', () => rmSync(join(folder, 'weights.bin')), /weights.bin is missing/],
  ['half a model.json', () => truncateSync(join(folder, 'model.json'), 50), /model.json is damaged/],
  ['another program’s model', () => writeFileSync(join(folder, 'model.json'), '{"format":"layers-model"}'), /not made by Overbatch/],
  ['nothing there', () => rmSync(join(folder, 'model.json')), /no model.json/],
])('%s is refused in a sentence', (_, damage, sentence) => {
  damage();
  expect(() => loadModel(folder)).toThrow(sentence);
});

it.each<[string, Record<string, unknown>]>([
  ['no labels', { labels: undefined }],
  ['options that are nothing', { options: null }],
  ['a width in words', { model: 'resnet-18', options: { width: 'half' } }],
  ['no size', { inputShape: undefined }],
  ['a size that its model does not take', { model: 'u-net', output: 'pixel probabilities' }],
])('a model.json with %s is damaged', (_, change) => {
  const file = join(folder, 'model.json');
  const json = JSON.parse(readFileSync(file, 'utf8')) as { userDefinedMetadata: object };
  const write = (more: object) =>
    writeFileSync(file, JSON.stringify({ ...json, userDefinedMetadata: { ...json.userDefinedMetadata, ...more } }));
  write({});
  expect(() => loadModel(folder), 'control').not.toThrow();
  write(change);
  expect(() => loadModel(folder)).toThrow(/its model.json is damaged/);
});

it('says how large the pictures were, of versions that know only their sizes as well', () => {
  const manifest = { width: 8, height: 8 } as PictureManifest;
  const square = (side: number) => ({ width: side, height: side });
  const found = { usual: square(20), largest: square(90) };
  const sizes = [{ ...square(10), count: 3 }, ...[20, 30, 40, 50].map((side) => ({ ...square(side), count: 1 }))];
  expect(originOf({ ...manifest, sizes, found }, [8, 8, 1])).toEqual({ files: found });
  // Not 10, which is the most frequent: half of the pictures are larger.
  expect(originOf({ ...manifest, sizes }, [8, 8, 1])).toEqual({ files: { usual: square(20), largest: square(50) } });
  expect(originOf(manifest, [8, 8, 1])).toEqual({});
});
