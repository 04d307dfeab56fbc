// When one thread is enough: by what a network computes, not by its name.
import { expect, it } from 'vitest';
import { CATALOGUE } from '#engine/models/catalogue';
import { computesBestAlone, workOf } from '#engine/work';

const LIMIT = 2 ** 24;

it('counts the multiply-adds of a place for one sample', () => {
  const network = CATALOGUE.lenet.build([28, 28, 1], 10);
  const works = network.nodes.map(({ layer }, place) => [layer.className, workOf(network, place)]);
  expect(works.filter(([name]) => name === 'Conv2D' || name === 'Dense')).toEqual([
    ['Conv2D', 28 * 28 * 6 * 25],
    ['Conv2D', 10 * 10 * 16 * 150],
    ['Dense', 400 * 120],
    ['Dense', 120 * 84],
    ['Dense', 84 * 10],
  ]);
});

it('up to the limit one thread computes, above it all do', () => {
  const network = CATALOGUE.linear.build([8, 8, 1], 1);
  const each = network.nodes.reduce((sum, _, place) => sum + workOf(network, place), 0);
  const most = Math.floor(LIMIT / each);
  expect(computesBestAlone(network, most)).toBe(true);
  expect(computesBestAlone(network, most + 1)).toBe(false);
});
