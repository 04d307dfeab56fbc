// Models in groups, and what the card of one says.
import { expect, test } from 'vitest';
import { cardFacts, modelGroups, pictureSides, sizeWords } from '#renderer/words/model-words';
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

test('a card says size, data and sides; memory and time once they were measured', () => {
  const card = MODEL_CARDS['resnet-50'];
  expect(sizeWords(card)).toBe('23,528,522 numbers, 94.1 MB (10 classes, 224 × 224 pixels)');
  expect(sizeWords(MODEL_CARDS.linear)).toBe('650 numbers, 2.60 kB (10 classes, 64 inputs)');
  const before = new Map(cardFacts(card, false));
  expect(before.get('Sides')).toBe('From 64 pixels.');
  expect(before.has('Here')).toBe(false);
  const plan = { fit: { fixedBytes: 1e6, bytesPerSample: 2.5e6 }, secondsPerEpoch: 90 };
  expect(new Map(cardFacts(card, false, plan)).get('Here')).toBe('2.50 MB for each picture, about 2 min an epoch.');
  // Measured while others took half of the computer.
  const beside = new Map(cardFacts(card, false, { ...plan, disturbed: 0.5 }));
  expect(beside.get('Here')).toBe('2.50 MB for each picture, 25 to 90 s an epoch.');
  expect(cardFacts(MODEL_CARDS.mlp, true).map(([name]) => name)).toEqual(['Data']);
});

test('pictures are judged by the size they are brought to', () => {
  const dataset = { kind: 'image-classes', width: 8, height: 9, channels: 1 } as never;
  expect(pictureSides(dataset, undefined)).toMatchObject({ width: 8, height: 9 });
  expect(pictureSides(dataset, 64)).toEqual({ width: 64, height: 64 });
  expect(pictureSides(dataset, NaN)).toMatchObject({ width: 8, height: 9 });
});
