// What the window is told a model asks for: read from what the trainer saved, and refused in a sentence where that is damaged.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { modelQuestion } from '#main/model-question';
import { temporaryFolder } from './app';

const fit = { columns: [{ fill: 0, mean: 43.921 }, { fill: 1 }, { fill: 2 }, { fill: 0, mean: 59.5 }, { fill: 1, mean: 0.5 }] };
const columns = [
  { kind: 'number', name: 'bill', missing: 0, origin: 1000, flag: false },
  { kind: 'category', name: 'island', missing: 0, categories: ['Biscoe', 'Dream'], other: false, ownMissing: false },
  { kind: 'category', name: 'city', missing: 9, categories: ['A', 'B'], other: true, ownMissing: true },
  { kind: 'date', name: 'seen', missing: 0, format: 'day-month-year', origin: 19_723, cycles: ['year'], flag: false },
  { kind: 'boolean', name: 'ringed', missing: 0, flag: true },
];

function saved(model: unknown): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'model.json'), typeof model === 'string' ? model : JSON.stringify(model));
  return folder;
}

test('a row: what is usual, as it would be typed', async () => {
  const question = await modelQuestion(saved({ userDefinedMetadata: { labels: [], target: 'mass', table: { columns, fit } } }));
  expect(question).toEqual({
    kind: 'row',
    target: 'mass',
    labels: [],
    columns: [
      { name: 'bill', kind: 'number', categories: [], usual: '1044' },
      { name: 'island', kind: 'category', categories: ['Biscoe', 'Dream'], usual: 'Dream' },
      // The most frequent are all the others together: none that could be chosen.
      { name: 'city', kind: 'category', categories: ['A', 'B'], usual: '' },
      { name: 'seen', kind: 'date', categories: [], usual: '29.02.2024', format: 'day-month-year' },
      { name: 'ringed', kind: 'boolean', categories: [], usual: 'yes' },
    ],
  });
});

test('a picture, and models that cannot be read', async () => {
  const picture = { kind: 'picture', labels: ['a'], answers: 'class' };
  expect(await modelQuestion(saved({ userDefinedMetadata: { labels: ['a'] } }))).toEqual(picture);
  const masks = { labels: ['a'], output: 'pixel probabilities' };
  expect(await modelQuestion(saved({ userDefinedMetadata: masks }))).toEqual({ ...picture, answers: 'mask' });
  await expect(modelQuestion(saved('{'))).rejects.toThrow(/model\.json is damaged/);
  await expect(modelQuestion(saved({}))).rejects.toThrow(/model\.json is damaged/);
  await expect(modelQuestion(temporaryFolder())).rejects.toThrow(/no model\.json/);
});
