// Features made once, where a run is stopped later, judged, or short of memory.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readManifest } from '#datasets/manifest';
import { splitIndices } from '#datasets/split';
import { askOnce } from '#test/support/ask-once';
import { relativeL2 } from '#test/support/distance';
import { HEAD, importPictures, LABELS, makesFeatures, one } from '#test/support/feature-runs';
import { loadModel } from '#trainer/saved-model';

test('stopped later and resumed, it ends as if it had not been', async () => {
  const { collect } = await importPictures();
  const whole = await collect({});
  const stopped = await collect({}, undefined, false, ({ kind }) => kind === 'epoch');
  await collect({}, stopped.outFolder, true);
  const bytes = (folder: string) => readFileSync(join(folder, 'weights.bin'));
  expect(bytes(stopped.outFolder).equals(bytes(whole.outFolder))).toBe(true);
});

test('the saved model answers about every validation picture as the validation counted it', async () => {
  const { collect, datasetFolder, pictures } = await importPictures();
  const { events, outFolder } = await collect({ validationShare: 0.5 });
  const manifest = await readManifest(datasetFolder);
  if (manifest.kind !== 'image-classes') throw new Error('These are pictures with classes.');
  const indices = splitIndices(manifest, { validationShare: 0.5, seed: HEAD.seed }).validation;
  const { validation } = one(events, 'finished');
  let loss = 0;
  for (const index of indices) {
    const { file, label } = manifest.samples[index];
    const { classes } = await askOnce(outFolder, { file: join(pictures, file) });
    loss -= Math.log(classes.find((answer) => answer.label === LABELS[label])!.probability) / indices.length;
  }
  expect(loss / validation!.loss).toBeCloseTo(1, 4);
});

test('a small budget makes them in smaller pieces, with the same result', async () => {
  const { collect } = await importPictures();
  const whole = await collect({});
  const { memory } = one(whole.events, 'finished');
  const other = await importPictures();
  const budgetBytes = Math.round(0.75 * memory.peakBytes);
  const less = await other.collect({ budgetBytes });
  expect(makesFeatures(less.events)).toBe(true);
  expect(one(less.events, 'finished').memory.peakBytes).toBeLessThanOrEqual(budgetBytes);
  const [a, b] = [whole, less].map(({ outFolder }) => loadModel(outFolder).weights.slice(-2));
  expect(relativeL2(a, b)).toBeLessThan(1e-5);
});
