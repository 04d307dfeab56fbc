// The numbers on the cards are the networks' own.
import { expect, it } from 'vitest';
import { CATALOGUE } from '#engine/models/catalogue';
import { weightCount } from '#engine/network';
import { normalizations } from '#engine/statistics';
import { CARD_CLASSES, MODEL_CARDS } from '#shared/model-cards';
import { sizeProblem } from '#shared/model-fit';
import { parametersFor } from '#shared/model-sizes';
import { hasBatchNorm } from '#shared/model-settings';
import { MODEL_NAMES } from '#shared/run-spec';

it.each(MODEL_NAMES)('%s has as many trained numbers as its card says, and a net for its smallest side', (name) => {
  const { parameters, usual, smallestSide = 1, normalizes = false, scales = false } = MODEL_CARDS[name];
  const { build } = CATALOGUE[name];
  expect(weightCount(build(usual, CARD_CLASSES), true)).toBe(parameters);
  expect(normalizations(build(usual, CARD_CLASSES)).length > 0).toBe(normalizes);
  expect(weightCount(build(usual, CARD_CLASSES, { width: 0.5 })) < weightCount(build(usual, CARD_CLASSES))).toBe(scales);
  expect(build([smallestSide, smallestSide, 3], CARD_CLASSES).classes).toBe(CARD_CLASSES);
});

it('a model has BatchNorm where it normalizes, and not by groups', () => {
  expect(hasBatchNorm({ model: 'resnet-18' })).toBe(true);
  expect(hasBatchNorm({ model: 'resnet-18', normalization: 'group' })).toBe(false);
  expect(hasBatchNorm({ model: 'vit-tiny' })).toBe(false);
});

it('pictures below the smallest side are named, others and tables are not', () => {
  expect(sizeProblem('resnet-18', 'pictures', { width: 8, height: 64 })).toMatch(/Made for 32 pixels and more, .* 8 × 64/);
  expect(sizeProblem('resnet-18', 'pictures', { width: 32, height: 32 })).toBeUndefined();
  expect(sizeProblem('mlp', 'classification', undefined)).toBeUndefined();
});

it.each(MODEL_NAMES)('%s is counted for a person’s own pictures as the network is', (name) => {
  const { smallestSide = 1 } = MODEL_CARDS[name];
  const side = Math.max(16, smallestSide);
  for (const [height, width, channels, classes] of [
    [side, side, 1, 3],
    [2 * side, 3 * side, 3, 7],
    ...(smallestSide <= 8 ? [[8, 8, 1, 10]] : []),
  ]) {
    const built = weightCount(CATALOGUE[name].build([height, width, channels], classes), true);
    expect(parametersFor(name, { height, width, channels, classes })).toBe(built);
  }
});
