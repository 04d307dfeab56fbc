// When one thread is enough: by what a network computes, not by its name.
import { expect, it } from 'vitest';
import { CATALOGUE } from '#engine/models/catalogue';
import { computesBestAlone, workOf } from '#engine/work';

const LIMIT = 2 ** 25;
const LIMIT_OF_CONVOLUTIONS = 2 ** 24;

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

it('a depthwise convolution has a filter of its own for each channel', () => {
  const network = CATALOGUE['mobilenet-v2'].build([32, 32, 3], 10);
  const place = network.nodes.findIndex(({ layer }) => layer.className === 'DepthwiseConv2D');
  expect(network.nodes[place].layer.outputShape).toEqual([16, 16, 32]);
  expect(workOf(network, place)).toBe(16 * 16 * 32 * 9);
});

it.each([
  ['linear', [8, 8, 1], LIMIT],
  ['lenet', [28, 28, 1], LIMIT_OF_CONVOLUTIONS],
] as const)('%s: up to the limit one thread computes, above it all do; with more cores than were measured less', (name, shape, limit) => {
  const network = CATALOGUE[name].build(shape, 10);
  const each = network.nodes.reduce((sum, _, place) => sum + workOf(network, place), 0);
  const most = Math.floor(limit / each);
  for (const cores of [1, 2]) expect(computesBestAlone(network, most, cores)).toBe(true);
  expect(computesBestAlone(network, most + 1, 2)).toBe(false);
  expect(computesBestAlone(network, most, 8)).toBe(false);
  expect(computesBestAlone(network, Math.floor(most / 4), 8)).toBe(true);
});
