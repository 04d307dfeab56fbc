// Models in groups, and what the card of one says.
import { expect, test } from 'vitest';
import { cardFacts, modelGroups, ownSizeWords, pictureSides, sizeHere } from '#renderer/words/model-words';
import { MODEL_CARDS } from '#shared/model-cards';
import { modelsFor } from '#shared/model-fit';

test('every model that suits the data stands in one group, and no other', () => {
  for (const sort of ['pictures', 'masks', 'classification', 'regression'] as const) {
    const grouped = modelGroups(sort).flatMap(({ models }) => models);
    expect([...grouped].sort()).toEqual([...modelsFor(sort)].sort());
  }
  expect(modelsFor('pictures')).not.toContain('u-net');
  expect(modelsFor('masks')).not.toContain('resnet-18');
  expect(modelsFor('regression')).toEqual(['mlp', 'linear']);
  const [small, photographs] = modelGroups('pictures');
  expect([small.models.includes('lenet'), photographs.models.includes('lenet')]).toEqual([true, false]);
  expect(photographs.models).toContain('resnet-101');
});

test('a model is as large as it is for this data: of rows, and of a part of its width, as the forecast counted it', () => {
  const photographs = { kind: 'image-classes', width: 224, height: 224, channels: 3, labels: Array(10) } as never;
  expect(sizeHere({ model: 'resnet-50', dataset: photographs })).toBe('23,528,522 numbers, 94.1 MB (10 classes, 224 × 224 pixels)');
  const small = { model: 'small-cnn', dataset: photographs, sides: { width: 32, height: 32 } } as const;
  expect(sizeHere(small)).toBe('184,138 numbers, 737 kB (10 classes, 32 × 32 pixels)');
  expect(sizeHere({ ...small, width: 0.5 })).toBe('Counted with the forecast (10 classes, 32 × 32 pixels)');
  expect(sizeHere({ ...small, width: 0.5 }, 4e6)).toMatch(/^1,000,000 numbers, 4\.00 MB /);
  const penguins = { kind: 'table', task: 'classification', columns: 7, labels: ['Adelie', 'Chinstrap', 'Gentoo'] } as never;
  expect(sizeHere({ model: 'mlp', dataset: penguins })).toBe('Counted with the forecast (3 classes, 7 columns)');
  expect(sizeHere({ model: 'mlp', dataset: penguins }, 283_148)).toBe('70,787 numbers, 283 kB (3 classes, 7 columns)');
  const diabetes = { kind: 'table', task: 'regression', columns: 10, labels: [] } as never;
  expect(sizeHere({ model: 'linear', dataset: diabetes }, 44)).toBe('11 numbers, 44 B (a number, 10 columns)');
  expect(ownSizeWords()).toBe('As large as its file says');
});

test('a card says data and sides; memory and time once they were measured', () => {
  const card = MODEL_CARDS['resnet-50'];
  const before = new Map(cardFacts(card, false));
  expect(before.get('Sides')).toBe('From 64 pixels.');
  expect(before.has('Here')).toBe(false);
  const plan = { fit: { fixedBytes: 1e6, bytesPerSample: 2.5e6 }, secondsPerEpoch: 90 };
  expect(new Map(cardFacts(card, false, plan)).get('Here')).toBe('2.50 MB for each picture, about 2 min an epoch.');
  // Measured while others took half of the computer.
  const beside = new Map(cardFacts(card, false, { ...plan, disturbed: 0.5 }));
  expect(beside.get('Here')).toBe('2.50 MB for each picture, 25 s to 1.5 min an epoch.');
  expect(cardFacts(MODEL_CARDS.mlp, true).map(([name]) => name)).toEqual(['Data']);
});

test('pictures are judged by the size they are brought to', () => {
  const dataset = { kind: 'image-classes', width: 8, height: 9, channels: 1 } as never;
  expect(pictureSides(dataset, undefined)).toMatchObject({ width: 8, height: 9 });
  expect(pictureSides(dataset, 64)).toEqual({ width: 64, height: 64 });
  expect(pictureSides(dataset, NaN)).toMatchObject({ width: 8, height: 9 });
});
